import type { EventChange, EventDraft, TimelineEvent } from "../../../api";
import { type Clock, formatInstant, instantInZone, nowInstant, parseInstant } from "../../../lib/time";
import type { BoardState } from "../engine/board";

export interface Fields {
  title: string;
  /** `2026-11-12 14:04:50` in the shown zone. */
  time: string;
  kind: "note" | "user_action";
  service: string;
  detail: string;
  /** What the text fields cannot hold: the part of a second. */
  fraction: number;
}

/** A new event begins at the marked range, at now while it is in view, else in the middle of the view. */
export function emptyFields(
  { range, view, bounds }: Pick<BoardState, "range" | "view" | "bounds">,
  clock: Clock,
): Fields {
  const now = nowInstant();
  const middle = Math.round((view.start + view.end) / 2);
  const at = range ? range.start : now < bounds.end ? now : middle;
  return { title: "", time: clock.full(at), kind: "note", service: "", detail: "", fraction: 0 };
}

export function fieldsOf(event: TimelineEvent, clock: Clock): Fields {
  return {
    title: event.title,
    time: clock.full(event.occurred_at),
    kind: event.kind === "user_action" ? "user_action" : "note",
    service: event.service ?? "",
    detail: event.detail ?? "",
    fraction: parseInstant(event.occurred_at) % 1_000_000,
  };
}

export function problemsOf({ title, time }: Fields, zone: string): { title: boolean; time: boolean } {
  return { title: title.trim() === "", time: Number.isNaN(instantInZone(time, zone)) };
}

export function draftOf(fields: Fields, zone: string): EventDraft {
  return {
    title: fields.title.trim(),
    occurred_at: formatInstant(instantInZone(fields.time, zone) + fields.fraction),
    kind: fields.kind,
    service: fields.service.trim() || null,
    detail: fields.detail.trim() || null,
  };
}

/** Only what differs: an edit of the title must not undo someone else's edit of the time. */
export function changesOf(event: TimelineEvent, draft: EventDraft): Omit<EventChange, "version"> {
  const { title, occurred_at, service, detail } = draft;
  return {
    ...(title === event.title ? {} : { title }),
    ...(parseInstant(occurred_at) === parseInstant(event.occurred_at) ? {} : { occurred_at }),
    ...((service ?? null) === event.service ? {} : { service: service ?? null }),
    ...((detail ?? null) === event.detail ? {} : { detail: detail ?? null }),
  };
}
