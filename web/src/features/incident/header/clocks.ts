import type { ClockName, Incident } from "../../../api";
import { type Micros, parseInstant } from "../../../lib/time";

export const CLOCKS: readonly ClockName[] = ["started_at", "detected_at", "mitigated_at", "resolved_at"];

export type GapName = "detect" | "mitigate" | "resolve";

export interface ClockGap {
  /** TTD, TTM, TTR: what the stretch before this clock is called. */
  name: GapName;
  length: Micros;
  /** Users suffer until it is mitigated. */
  hot: boolean;
}

const GAPS: Record<ClockName, GapName | null> = {
  started_at: null,
  detected_at: "detect",
  mitigated_at: "mitigate",
  resolved_at: "resolve",
};

/** The stretch from the nearest earlier clock that is set to this one. */
export function gapBefore(incident: Pick<Incident, ClockName>, clock: ClockName): ClockGap | null {
  const name = GAPS[clock];
  const end = incident[clock];
  if (!name || !end) return null;
  const earlier = CLOCKS.slice(0, CLOCKS.indexOf(clock)).findLast((other) => incident[other]);
  const start = earlier ? incident[earlier] : null;
  if (!start) return null;
  const length = parseInstant(end) - parseInstant(start);
  const mitigatedBefore = clock === "resolved_at" && incident.mitigated_at !== null;
  return length < 0 ? null : { name, length, hot: !mitigatedBefore };
}
