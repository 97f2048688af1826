import { type Clock, type Micros, zoneOffsetMinutes } from "../../../lib/time";
import type { Mark } from "../engine/drawing";
import { cachedOffset, DAY, type TickUnit } from "../engine/ticks";

const milliseconds = (at: Micros): string => String(Math.floor((at / 1000) % 1000)).padStart(3, "0");

/** How far the clock of a zone is ahead of UTC, cheap enough to ask for each tick. */
export function offsetOf(zone: string): (at: Micros) => Micros {
  return cachedOffset((at) => zoneOffsetMinutes(zone, at) * 60_000_000);
}

/** The day on the clock of a zone, counted from 1970. */
export function dayNumber(at: Micros, offsetAt: (at: Micros) => Micros): number {
  return Math.floor((at + offsetAt(at)) / DAY);
}

/** `2026-11-12`. */
export function isoOfDay(day: number): string {
  return new Date((day * DAY) / 1000).toISOString().slice(0, 10);
}

/** Lane and time of a mark for who cannot see where it stands. Made once each: frames ask for all of them. */
export function labelsOf(clock: Clock): (mark: Mark) => string {
  const made = new WeakMap<Mark, string>();
  return (mark) => {
    const label = made.get(mark) ?? [mark.lane, clock.time(mark.at)].filter(Boolean).join(", ");
    made.set(mark, label);
    return label;
  };
}

export function tickText(clock: Clock, at: Micros, unit: TickUnit, dayChange: boolean): string {
  if (dayChange || unit === "day") return clock.day(at);
  if (unit === "minute") return clock.minute(at);
  return unit === "second" ? clock.time(at) : `${clock.time(at)}.${milliseconds(at)}`;
}

/** The time under the cursor: to the second, or finer when the axis is. */
export function cursorText(clock: Clock, at: Micros, unit: TickUnit): string {
  return unit === "millisecond" ? `${clock.time(at)}.${milliseconds(at)}` : clock.time(at);
}
