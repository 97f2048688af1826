import { type Clock, type Micros, zoneOffsetMinutes } from "../../../lib/time";
import { cachedOffset, type TickUnit } from "../engine/ticks";

const milliseconds = (at: Micros): string => String(Math.floor((at / 1000) % 1000)).padStart(3, "0");

/** How far the clock of a zone is ahead of UTC, cheap enough to ask for each tick. */
export function offsetOf(zone: string): (at: Micros) => Micros {
  return cachedOffset((at) => zoneOffsetMinutes(zone, at) * 60_000_000);
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
