import type { Incident } from "../../api";
import { type Micros, parseInstant } from "../../lib/time";

type Clocks = Pick<
  Incident,
  "started_at" | "detected_at" | "mitigated_at" | "resolved_at" | "created_at" | "status"
>;

/** When trouble began, as far as anyone has said. */
export function startOf(incident: Clocks): string {
  return incident.started_at ?? incident.detected_at ?? incident.created_at;
}

export type Lasted = { micros: Micros; running: boolean } | undefined;

/** How long it lasted; how long it has been going on while it is investigated; nothing when nobody set an end. */
export function lasted(incident: Clocks, now: Micros): Lasted {
  const start = parseInstant(startOf(incident));
  const end = incident.resolved_at ?? incident.mitigated_at;
  if (end) return { micros: Math.max(0, parseInstant(end) - start), running: false };
  return incident.status === "investigating"
    ? { micros: Math.max(0, now - start), running: true }
    : undefined;
}

export type PhaseName = "unnoticed" | "response" | "recovery";

/** How long each stretch between two clocks took, of those that both are set. */
export function phaseLengths(incident: Clocks): { name: PhaseName; micros: Micros }[] {
  const { started_at, detected_at, mitigated_at, resolved_at } = incident;
  const stretches = [
    ["unnoticed", started_at, detected_at],
    ["response", detected_at, mitigated_at ?? resolved_at],
    ["recovery", mitigated_at, resolved_at],
  ] as const;
  return stretches.flatMap(([name, from, to]) => {
    const micros = from && to ? parseInstant(to) - parseInstant(from) : 0;
    return micros > 0 ? [{ name, micros }] : [];
  });
}
