import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Incident, TimelineEvent } from "../../api";
import { ErrorBox } from "../../ui";
import { BoardView } from "./BoardView";
import { EventDrawer } from "./drawer/EventDrawer";
import { isFiltered } from "./engine/board";
import { EventForm } from "./form/EventForm";
import { ListTwin } from "./ListTwin";
import { LiveRegion } from "./LiveRegion";
import { type Timeline, TimelineContext, useBoard } from "./model/context";
import { onNewEventRequest } from "./model/requests";
import type { Session } from "./model/session";
import { useActions } from "./model/useActions";
import { useTimelineCommands } from "./model/useTimelineCommands";
import { useLiveTimeline, useTimelineData } from "./model/useTimelineData";
import { useIncidentClock } from "./model/zone";
import { NothingMatches } from "./NothingMatches";
import { PickedBar } from "./PickedBar";
import classes from "./TimelineWork.module.css";
import { Toolbar } from "./Toolbar";

interface Props {
  incident: Incident;
  session: Session;
  /** Events were added or taken away. */
  onChanged: () => void;
}

type Editing = { event: TimelineEvent | null } | null;

/** Toolbar, board or list, and the drawer beside it. */
export function TimelineWork({ incident, session, onChanged }: Props) {
  const zone = useSyncExternalStore(session.board.subscribe, () => session.board.get().zone);
  const clock = useIncidentClock(incident.timezone, zone);
  const data = useTimelineData(incident, session);
  const [editing, setEditing] = useState<Editing>(null);
  const edit = useCallback((event: TimelineEvent | null) => setEditing({ event }), []);
  useEffect(() => onNewEventRequest(() => edit(null)), [edit]);
  const actions = useActions(incident, session, edit);
  const refresh = useCallback(() => {
    session.tiles.invalidate();
    session.board.set({});
    onChanged();
  }, [session, onChanged]);
  useLiveTimeline(incident, refresh);
  const mayEdit = incident.access === "editor" || incident.access === "owner";
  const { overview, series, event, related, acts } = data;
  const timeline = useMemo(
    (): Timeline => ({ incident, session, clock, overview, series, event, related, acts, actions, mayEdit }),
    [incident, session, clock, overview, series, event, related, acts, actions, mayEdit],
  );
  return (
    <TimelineContext value={timeline}>
      <Parts timeline={timeline} error={data.overviewError} eventError={data.eventError} />
      {editing && <EventForm event={editing.event} onClose={() => setEditing(null)} />}
    </TimelineContext>
  );
}

function Parts({ timeline, error, eventError }: { timeline: Timeline; error: unknown; eventError: unknown }) {
  const { t } = useTranslation("timeline");
  const [filterOpen, setFilterOpen] = useState(false);
  const openFilter = useCallback(() => setFilterOpen(true), []);
  useTimelineCommands(timeline, openFilter);
  const twin = useBoard((state) => state.twin);
  const drawer = useBoard((state) => state.open && state.selected !== null);
  const filtered = useBoard(isFiltered);
  const nothing = filtered && timeline.overview?.total === 0;
  return (
    <div className={classes.timeline}>
      <Toolbar filterOpen={filterOpen} onFilter={setFilterOpen} />
      {error !== null && (
        <ErrorBox what={t("state.loading")} error={error} onRetry={timeline.actions.refresh} />
      )}
      <div className={classes.work}>
        {twin === "board" ? <BoardView /> : <ListTwin />}
        {nothing && <NothingMatches />}
        {drawer && <EventDrawer error={eventError} />}
      </div>
      <PickedBar />
      <LiveRegion />
    </div>
  );
}
