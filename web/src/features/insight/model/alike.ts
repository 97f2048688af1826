import type { TimelineEvent } from "../../../api";
import { parseInstant } from "../../../lib/time";

type Told = Pick<TimelineEvent, "kind" | "service" | "title" | "occurred_at">;

/** Lines of programs differ in numbers and ids only; the figures of a metric, or of a deploy, are what it says. */
const WRITTEN_BY_PROGRAMS: readonly TimelineEvent["kind"][] = ["log", "system_event"];
const WORD_WITH_DIGIT = /[\p{L}\p{N}_-]*\p{N}[\p{L}\p{N}_-]*/gu;

function sayingOf({ kind, service, title }: Told): string {
  const words = WRITTEN_BY_PROGRAMS.includes(kind) ? title.replace(WORD_WITH_DIGIT, "#") : title;
  return [kind, service ?? "", words].join("\n");
}

/** Events that say the same of one service, together and in order of time; groups in the order they were met. */
export function alike<Event extends Told>(events: readonly Event[]): [first: Event, ...more: Event[]][] {
  const groups = new Map<string, [Event, ...Event[]]>();
  for (const event of events) {
    const saying = sayingOf(event);
    const group = groups.get(saying);
    if (group) group.push(event);
    else groups.set(saying, [event]);
  }
  for (const group of groups.values())
    group.sort((one, other) => parseInstant(one.occurred_at) - parseInstant(other.occurred_at));
  return [...groups.values()];
}
