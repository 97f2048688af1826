import type { Incident } from "../../../api";
import { type Micros, parseInstant } from "../../../lib/time";
import { clampView, padded, type Span } from "../engine/view";

const HOUR: Micros = 3_600_000_000;

type Times = Pick<
  Incident,
  "window" | "started_at" | "detected_at" | "mitigated_at" | "resolved_at" | "created_at"
>;

const instant = (text: string | null | undefined): Micros | null => (text ? parseInstant(text) : null);
const present = (times: (Micros | null)[]): Micros[] => times.filter((time) => time !== null);

export const clocksOf = (incident: Times): Micros[] =>
  present(
    [incident.started_at, incident.detected_at, incident.mitigated_at, incident.resolved_at].map(instant),
  );

/** How far one can look: the capture, the clocks, and the first and last event, wherever people put them. */
export function boundsOf(incident: Times, extent: Span | null): Span {
  const window = incident.window
    ? [parseInstant(incident.window.start), parseInstant(incident.window.end)]
    : [];
  const times = [...window, ...clocksOf(incident), ...(extent ? [extent.start, extent.end] : [])];
  if (times.length === 0) times.push(parseInstant(incident.created_at));
  const span = { start: Math.min(...times), end: Math.max(...times) };
  return span.end - span.start < HOUR / 60
    ? { start: span.start - HOUR / 2, end: span.end + HOUR / 2 }
    : padded(span, 0.015);
}

/** Where one begins: from the start of the damage to its end, with air; without clocks, the capture. */
export function homeOf(incident: Times, bounds: Span): Span {
  const start = instant(incident.started_at) ?? instant(incident.detected_at);
  const end =
    instant(incident.mitigated_at) ?? instant(incident.resolved_at) ?? instant(incident.detected_at);
  if (start === null || end === null || end <= start) return bounds;
  return clampView(padded({ start, end }, 0.22), bounds);
}

export type PhaseName = "unnoticed" | "response" | "recovery";

export interface Phase extends Span {
  name: PhaseName;
}

/** What the clocks say of each stretch: unnoticed damage, the work on it, and the way back. */
export function phasesOf(incident: Times): Phase[] {
  const [started, detected, mitigated, resolved] = [
    incident.started_at,
    incident.detected_at,
    incident.mitigated_at,
    incident.resolved_at,
  ].map(instant);
  const phases: Phase[] = [];
  const add = (name: PhaseName, start: Micros | null | undefined, end: Micros | null | undefined) => {
    if (typeof start === "number" && typeof end === "number" && start < end)
      phases.push({ name, start, end });
  };
  add("unnoticed", started, detected);
  add("response", detected, mitigated ?? resolved);
  if (mitigated !== null) add("recovery", mitigated, resolved);
  return phases;
}
