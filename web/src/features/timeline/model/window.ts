import type { Incident } from "../../../api";
import { type Micros, parseInstant } from "../../../lib/time";
import { clampView, padded, type Span } from "../engine/view";

const SECOND: Micros = 1_000_000;
const MINUTE: Micros = 60 * SECOND;
const HOUR: Micros = 60 * MINUTE;
/** Someone who left an incident open long ago does not want to look at the emptiness since. */
const STILL_RUNNING: Micros = 12 * HOUR;

type Times = Pick<
  Incident,
  "status" | "window" | "started_at" | "detected_at" | "mitigated_at" | "resolved_at" | "created_at"
>;

const instant = (text: string | null | undefined): Micros | null => (text ? parseInstant(text) : null);
const present = (times: (Micros | null)[]): Micros[] => times.filter((time) => time !== null);

export const clocksOf = (incident: Times): Micros[] =>
  present(
    [incident.started_at, incident.detected_at, incident.mitigated_at, incident.resolved_at].map(instant),
  );

const wallClock = (): Micros => Date.now() * 1000;

/** Where an incident that goes on has come to, in whole minutes; nothing for one that is over. */
export function runsUntil(incident: Times, now: Micros = wallClock()): Micros | null {
  const isOver = incident.resolved_at !== null || !["investigating", "mitigated"].includes(incident.status);
  const last = Math.max(...clocksOf(incident), Number.NEGATIVE_INFINITY);
  if (isOver || now < last || now - last > STILL_RUNNING) return null;
  return Math.ceil(now / MINUTE) * MINUTE;
}

/** How far one can look: the capture, the clocks, and the first and last event, wherever people put them. */
export function boundsOf(incident: Times, extent: Span | null, now?: Micros): Span {
  const window = incident.window
    ? [parseInstant(incident.window.start), parseInstant(incident.window.end)]
    : [];
  const seen = extent ? [extent.start, extent.end] : [];
  const times = [...window, ...clocksOf(incident), ...seen, ...present([runsUntil(incident, now)])];
  if (times.length === 0) times.push(parseInstant(incident.created_at));
  const span = { start: Math.min(...times), end: Math.max(...times) };
  const length = span.end - span.start;
  if (length < SECOND) return { start: span.start - HOUR / 2, end: span.end + HOUR / 2 };
  return padded(span, length < MINUTE ? 0.5 : 0.015);
}

/** Where one begins: from the start of the damage to its end, with air; without clocks, the capture. */
export function homeOf(incident: Times, bounds: Span, now?: Micros): Span {
  const start = instant(incident.started_at) ?? instant(incident.detected_at);
  const mitigated = instant(incident.mitigated_at);
  const resolved = instant(incident.resolved_at) ?? runsUntil(incident, now);
  const damage = mitigated ?? resolved ?? instant(incident.detected_at);
  if (start === null || damage === null || damage <= start) return bounds;
  // The way back is shown too while it leaves most of the room to the damage.
  const isBackSoon = resolved !== null && resolved > damage && resolved - damage <= (damage - start) / 2;
  const end = isBackSoon ? resolved : damage;
  return clampView(padded({ start, end }, 0.22), bounds);
}

export type PhaseName = "unnoticed" | "response" | "recovery";

export interface Phase extends Span {
  name: PhaseName;
  /** It goes on: its end is now. */
  open: boolean;
}

/** What the clocks say of each stretch: unnoticed damage, the work on it, and the way back. */
export function phasesOf(incident: Times, now?: Micros): Phase[] {
  const [started, detected, mitigated, resolved] = [
    incident.started_at,
    incident.detected_at,
    incident.mitigated_at,
    incident.resolved_at,
  ].map(instant);
  const phases: Phase[] = [];
  const running = runsUntil(incident, now);
  const add = (name: PhaseName, start: Micros | null | undefined, known: Micros | null | undefined) => {
    const end = known ?? running;
    if (typeof start === "number" && end !== null && start < end)
      phases.push({ name, start, end, open: typeof known !== "number" });
  };
  add("unnoticed", started, detected);
  add("response", detected, mitigated ?? resolved);
  if (mitigated !== null) add("recovery", mitigated, resolved);
  return phases;
}
