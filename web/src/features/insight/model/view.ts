import type { TimelineEvent } from "../../../api";
import { type Micros, parseInstant } from "../../../lib/time";

const AIR = 0.35;
const LEAST: Micros = 120_000_000;

/** The stretch of the timeline that shows all of these moments, with air. */
export function spanAround(times: readonly Micros[]): { start: Micros; end: Micros } | null {
  if (times.length === 0) return null;
  const start = Math.min(...times);
  const end = Math.max(...times);
  const pad = Math.max((end - start) * AIR, LEAST);
  return { start: Math.round(start - pad), end: Math.round(end + pad) };
}

export function spanOfEvents(events: readonly Pick<TimelineEvent, "occurred_at">[]) {
  return spanAround(events.map(({ occurred_at }) => parseInstant(occurred_at)));
}
