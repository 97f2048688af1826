import type { Mark } from "./drawing";
import { CRITICAL, type Kind } from "./kinds";

/** What decides how much a mark matters on the board at this moment. */
export interface Emphasis {
  selected: string | null;
  /** Related events of the selected one, with their scores. */
  related: ReadonlyMap<string, number>;
  picked: ReadonlySet<string>;
  /** What most likely began it. */
  cause: string | null;
}

/** At and above this a mark is always shown. */
export const MUST_SHOW = 45;
/** Before all that is rare or done by people, but never at the cost of a key event's name. */
const CALL = 40;
/** Of what is related, the cause keeps its name first. */
const CAUSE_AHEAD = 10;
/** More than this many pulses at once is noise. */
const MOST_PULSES = 12;

const OWN: Record<Kind, number> = {
  user_action: 22,
  system_event: 18,
  note: 20,
  metric: 10,
  trace: 9,
  log: 8,
};

/** A critical alert that fires: it stands as a mark wherever there is a place for one. */
export const isCall = ({ alert, severity }: Pick<Mark, "alert" | "severity">): boolean =>
  alert === "fires" && severity >= CRITICAL;

export function priorityOf(mark: Mark, { selected, related, picked, cause }: Emphasis): number {
  if (mark.id === selected) return 100;
  const score = related.get(mark.id);
  if (score !== undefined) return 70 + score * 10 + (mark.id === cause ? CAUSE_AHEAD : 0);
  if (picked.has(mark.id)) return 65;
  if (mark.id === cause) return 60;
  if (mark.key) return 50;
  if (mark.starred) return MUST_SHOW;
  if (isCall(mark)) return CALL;
  return OWN[mark.kind] + mark.severity;
}

/** Key events that breathe: all of those in view while they are few, else the loudest of them. */
export function pulsing(marks: readonly Mark[], emphasis: Emphasis): Set<string> {
  const keys = marks.filter((mark) => mark.key && mark.id !== emphasis.selected);
  keys.sort((one, other) => other.severity - one.severity || one.at - other.at);
  return new Set(keys.slice(0, MOST_PULSES).map((mark) => mark.id));
}
