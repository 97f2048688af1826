import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { addEvent, changeEvent, type EventDraft, type TimelineEvent } from "../../../api";
import { ApiError } from "../../../lib/failure";
import { parseInstant } from "../../../lib/time";
import { useTimeline } from "../model/context";
import { changesOf } from "./fields";

const versionOf = (current: unknown): number | null => {
  const version: unknown =
    typeof current === "object" && current !== null ? Reflect.get(current, "version") : null;
  return typeof version === "number" ? version : null;
};

/** Saves and shows the event. After a conflict, saving again puts these changes over what came between. */
export function useSaveEvent(event: TimelineEvent | null, onDone: () => void) {
  const { incident, session, actions } = useTimeline();
  const version = useRef(event?.version ?? 0);
  return useMutation({
    mutationFn: (draft: EventDraft) =>
      event
        ? changeEvent(event.id, { ...changesOf(event, draft), version: version.current })
        : addEvent(incident.id, draft),
    onError: (error) => {
      if (error instanceof ApiError) version.current = versionOf(error.current) ?? version.current;
    },
    onSuccess: (saved) => {
      onDone();
      actions.refresh();
      session.board.select({ id: saved.id, at: parseInstant(saved.occurred_at) });
    },
  });
}
