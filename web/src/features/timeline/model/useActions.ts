import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  changeEvent,
  decideCorrelation,
  deleteEvent,
  eventQuery,
  type Incident,
  restoreEvent,
  type TimelineEvent,
} from "../../../api";
import { parseInstant } from "../../../lib/time";
import { offerUndo } from "../../../ui";
import { type Mark, markOf } from "../engine/drawing";
import type { TimelineActions } from "./context";
import type { Session } from "./session";
import { stepAcrossLanes, stepInLane, stepStory } from "./stepping";

/** What a person can do with events, in one place for buttons and keys. */
export function useActions(
  incident: Incident,
  session: Session,
  edit: TimelineActions["edit"],
): TimelineActions {
  const queries = useQueryClient();
  const { t } = useTranslation("timeline");
  return useMemo(() => {
    const { board, tiles } = session;
    const refresh = () => {
      tiles.invalidate();
      board.set({});
      void queries.invalidateQueries({ queryKey: ["incident", incident.id] });
    };
    const load = (id: string) => queries.ensureQueryData(eventQuery(incident.id, id));
    const show = (mark: Mark | null) => {
      if (mark) board.select(mark);
    };
    const goTo = (id: string, open = true) => {
      const mark = session.known.marks().find((candidate) => candidate.id === id);
      if (mark) return board.select(mark, open);
      void load(id).then((event) => board.select({ id, at: parseInstant(event.occurred_at) }, open));
    };
    const current = async (): Promise<Mark | null> => {
      const { selected, grouping } = board.get();
      return selected === null ? null : markOf(await load(selected), grouping);
    };
    const step = (take: (from: Mark | null) => Promise<Mark | null>) => void current().then(take).then(show);
    return {
      refresh,
      goTo,
      edit,
      star: (event: TimelineEvent) => {
        const starred = !event.starred;
        queries.setQueryData(eventQuery(incident.id, event.id).queryKey, { ...event, starred });
        void changeEvent(event.id, { starred, version: event.version }).finally(refresh);
      },
      remove: (event: TimelineEvent) => {
        board.select(null);
        void deleteEvent(event.id).then(() => {
          refresh();
          offerUndo(t("undo.deleted", { title: event.title }), () => {
            void restoreEvent(event.id).then(() => {
              refresh();
              board.select({ id: event.id, at: parseInstant(event.occurred_at) }, true);
            });
          });
        });
      },
      decide: (event, other, state) => void decideCorrelation(event, other, state).finally(refresh),
      stepInLane: (direction) =>
        step((from) => stepInLane(incident.id, board.get(), session.known, from, direction)),
      stepAcrossLanes: (direction) =>
        step((from) =>
          board.get().twin === "list"
            ? stepStory(session.known, board.get(), from, direction)
            : stepAcrossLanes(session.known, from, direction),
        ),
      stepStory: (direction) => step((from) => stepStory(session.known, board.get(), from, direction)),
    };
  }, [incident.id, session, edit, queries, t]);
}
