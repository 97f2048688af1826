import type { Micros } from "../../../lib/time";
import { type Drawing, lowerBound } from "./drawing";
import { KINDS, type Kind } from "./kinds";
import type { Span } from "./view";

interface Told {
  id: string;
  at: Micros;
  kind: Kind;
}

interface NamedSpan extends Span {
  name: string;
}

export type StoryItem<Event extends Told, Phase extends NamedSpan> =
  | { is: "event"; event: Event }
  | { is: "phase"; phase: Phase }
  | { is: "fold"; span: Span; count: number; kinds: Kind[] };

/**
 * The story told from above to below: key events in order, a line where a phase begins, and between two key events a
 * fold that says how many others lie there, as exactly as the overview knows their times.
 */
export function tellStory<Event extends Told, Phase extends NamedSpan>(
  events: readonly Event[],
  phases: readonly Phase[],
  overview: Drawing | null,
  window: Span,
  hidden: readonly Kind[],
): StoryItem<Event, Phase>[] {
  const told = [...events].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const items: StoryItem<Event, Phase>[] = [];
  const waiting = [...phases].sort((one, other) => one.start - other.start);
  let from = window.start;
  const fold = (to: Micros) => {
    const span = { start: from, end: to };
    const within = told.filter(({ at }) => at >= span.start && at < span.end);
    const { count, kinds } = othersIn(overview, span, within, hidden);
    if (count > 0) items.push({ is: "fold", span, count, kinds });
  };
  for (const event of told) {
    fold(event.at);
    while (waiting[0] && waiting[0].start <= event.at) {
      const phase = waiting.shift();
      if (phase) items.push({ is: "phase", phase });
    }
    items.push({ is: "event", event });
    from = event.at;
  }
  fold(window.end + 1);
  for (const phase of waiting) items.push({ is: "phase", phase });
  return items;
}

/** The days of a story that is longer than one, each before its first event. */
export function newDays<Event extends Told>(
  items: readonly StoryItem<Event, NamedSpan>[],
  dayOf: (at: Micros) => string,
): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  let before = "";
  for (const item of items) {
    if (item.is !== "event") continue;
    const day = dayOf(item.event.at);
    if (day !== before) days.set(item.event.id, day);
    before = day;
  }
  return days.size > 1 ? days : new Map();
}

/** Events of a stretch that the story does not tell, and their most frequent kinds. */
function othersIn(
  drawing: Drawing | null,
  span: Span,
  told: readonly Told[],
  hidden: readonly Kind[],
): { count: number; kinds: Kind[] } {
  const counts = KINDS.map(() => 0);
  for (const lane of drawing?.lanes.values() ?? []) {
    for (let index = lowerBound(lane.t0, span.start); index < lane.t0.length; index++) {
      if ((lane.t0[index] ?? 0) >= span.end) break;
      const kind = lane.kind[index] ?? 0;
      counts[kind] = (counts[kind] ?? 0) + (lane.n[index] ?? 0);
    }
  }
  const others = KINDS.map((kind, index) => ({
    kind,
    count: Math.max((counts[index] ?? 0) - told.filter((event) => event.kind === kind).length, 0),
  })).filter(({ kind, count }) => count > 0 && !hidden.includes(kind));
  others.sort((one, other) => other.count - one.count);
  return {
    count: others.reduce((sum, { count }) => sum + count, 0),
    kinds: others.slice(0, 3).map(({ kind }) => kind),
  };
}
