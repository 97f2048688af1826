import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import type { Incident, TimelineEvent } from "../../api";
import { ErrorBox, usePhone } from "../../ui";
import { BoardView } from "./BoardView";
import { EventDrawer } from "./drawer/EventDrawer";
import { isFiltered } from "./engine/board";
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
import { PhoneBar, type PhoneView } from "./phone/PhoneBar";
import classes from "./TimelineWork.module.css";
import { Toolbar } from "./Toolbar";

const ListTwin = lazy(() => import("./ListTwin").then(({ ListTwin }) => ({ default: ListTwin })));
const PhoneStory = lazy(() =>
  import("./phone/PhoneStory").then(({ PhoneStory }) => ({ default: PhoneStory })),
);
const EventForm = lazy(() => import("./form/EventForm").then(({ EventForm }) => ({ default: EventForm })));

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
  useWordsOf(clock.language, actions.refresh);
  const mayEdit = incident.access === "editor" || incident.access === "owner";
  const { overview, series, event, related, acts, cause, signal } = data;
  const timeline = useMemo(
    (): Timeline => ({
      incident,
      session,
      clock,
      overview,
      series,
      event,
      related,
      acts,
      cause,
      signal,
      actions,
      mayEdit,
    }),
    [incident, session, clock, overview, series, event, related, acts, cause, signal, actions, mayEdit],
  );
  return (
    <TimelineContext value={timeline}>
      <Parts timeline={timeline} error={data.overviewError} eventError={data.eventError} />
      <Suspense>{editing && <EventForm event={editing.event} onClose={() => setEditing(null)} />}</Suspense>
    </TimelineContext>
  );
}

/** Marks carry words, so another language means drawing them again. */
function useWordsOf(language: string, refresh: () => void): void {
  const shown = useRef(language);
  useEffect(() => {
    if (shown.current === language) return;
    shown.current = language;
    refresh();
  }, [language, refresh]);
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
  const phone = usePhone();
  const [phoneView, setPhoneView] = useState<PhoneView>(twin === "list" ? "list" : "story");
  const shown = phone ? phoneView : twin;
  return (
    <div className={classes.timeline} data-shown={shown}>
      {phone ? (
        <PhoneBar view={phoneView} onView={setPhoneView} filterOpen={filterOpen} onFilter={setFilterOpen} />
      ) : (
        <Toolbar filterOpen={filterOpen} onFilter={setFilterOpen} />
      )}
      {error !== null && (
        <ErrorBox what={t("state.loading")} error={error} onRetry={timeline.actions.refresh} />
      )}
      <div className={classes.work}>
        <Suspense>
          {shown === "board" && <BoardView />}
          {shown === "list" && <ListTwin />}
          {shown === "story" && <PhoneStory />}
        </Suspense>
        {nothing && <NothingMatches />}
        {drawer && <EventDrawer error={eventError} />}
      </div>
      <PickedBar />
      <LiveRegion />
    </div>
  );
}
