import type { Micros } from "../../../lib/time";
import { lengthOf, type Span } from "./view";

export interface Tick {
  at: Micros;
  /** True where a new day begins in the shown zone. */
  dayChange: boolean;
}

export type TickUnit = "millisecond" | "second" | "minute" | "day";

export interface Ticks {
  step: Micros;
  unit: TickUnit;
  ticks: Tick[];
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const STEPS: readonly Micros[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((count) => count * 1000),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * DAY),
];

function unitOf(step: Micros): TickUnit {
  if (step < SECOND) return "millisecond";
  if (step < MINUTE) return "second";
  return step < DAY ? "minute" : "day";
}

/**
 * Ticks at round times of the wall clock that is shown. `offsetAt` gives how far that clock is ahead of UTC; asking it
 * for each tick keeps the axis right across a change of summer time.
 */
export function makeTicks(view: Span, width: number, offsetAt: (at: Micros) => Micros, spacing = 76): Ticks {
  const wanted = (lengthOf(view) / Math.max(width, 1)) * spacing;
  const step = STEPS.find((candidate) => candidate >= wanted) ?? 364 * DAY;
  const ticks: Tick[] = [];
  const firstLocal = Math.ceil((view.start + offsetAt(view.start)) / step) * step;
  for (let local = firstLocal; ticks.length < 500; local += step) {
    const guess = local - offsetAt(local - offsetAt(view.start));
    const at = local - offsetAt(guess);
    if (at > view.end) break;
    if (at >= view.start) ticks.push({ at, dayChange: local % DAY === 0 });
  }
  return { step, unit: unitOf(step), ticks };
}

/** The offset of a zone, asked once for each quarter of an hour: that is as often as any zone changes. */
export function cachedOffset(offsetAt: (at: Micros) => Micros): (at: Micros) => Micros {
  const known = new Map<number, Micros>();
  return (at) => {
    const quarter = Math.floor(at / (15 * MINUTE));
    const offset = known.get(quarter) ?? offsetAt(quarter * 15 * MINUTE);
    known.set(quarter, offset);
    return offset;
  };
}
