/** The board of the product with events that are already in the browser, for measuring drawing alone. */
import { useEffect, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { BoardView } from "../src/features/timeline/BoardView";
import { Board } from "../src/features/timeline/engine/board";
import { KINDS, kindAt } from "../src/features/timeline/engine/kinds";
import { type HeldEvents, MemoryEvents, memoryFetch } from "../src/features/timeline/engine/memory";
import { readPoints } from "../src/features/timeline/engine/strips";
import { StripPoints } from "../src/features/timeline/engine/strips-cache";
import { DrawingTiles } from "../src/features/timeline/engine/tiles";
import { type Timeline, TimelineContext } from "../src/features/timeline/model/context";
import { overviewResolution, type Session } from "../src/features/timeline/model/session";
import { loadTexts, startTexts } from "../src/lib/i18n";
import { makeClock } from "../src/lib/time";
import { ThemeProvider } from "../src/ui";
import { curvesOf, INCIDENT, noActions, pointsOf } from "./fixture";

interface BenchEvent {
  id: number | string;
  /** Milliseconds since the epoch. */
  t: number;
  end: number | null;
  lane: number;
  text: string;
}

interface Bench {
  load: (
    el: HTMLElement,
    events: readonly BenchEvent[],
  ) => Promise<{ setWindow: (a: number, b: number) => void }>;
}

declare global {
  interface Window {
    bench?: Bench;
  }
}

const KEY_EVENTS = 40;
const DAY_US = 86_400_000_000;

/** Every so many events one counts as key; lane names are made once each. */
function heldOf(events: readonly BenchEvent[]): HeldEvents {
  const each = Math.max(1, Math.floor(events.length / KEY_EVENTS));
  const names = new Map<number, string>();
  const event = (place: number): BenchEvent => {
    const found = events[place];
    if (!found) throw new RangeError(`there is no event ${place}`);
    return found;
  };
  const lane = (place: number): string => {
    const number = event(place).lane;
    const name = names.get(number) ?? `lane ${number}`;
    names.set(number, name);
    return name;
  };
  const isKey = (place: number) => place % each === 0;
  const severity = (place: number) => place % 5;
  return {
    length: events.length,
    at: (place) => event(place).t * 1000,
    lane,
    kind: (place) => event(place).lane % KINDS.length,
    severity,
    isKey,
    id: (place) => String(event(place).id),
    mark: (place) => {
      const { id, t, end, text, lane: number } = event(place);
      return {
        id: String(id),
        kind: kindAt(number % KINDS.length),
        lane: lane(place),
        at: t * 1000,
        end: end === null ? null : end * 1000,
        title: text,
        severity: severity(place),
        key: isKey(place),
        starred: false,
      };
    },
  };
}

function openSession(memory: MemoryEvents): Session {
  const listeners = new Set<() => void>();
  const loaded = () => {
    for (const listener of listeners) listener();
  };
  const start = Math.floor(memory.start / DAY_US) * DAY_US;
  const bounds = { start, end: Math.max(memory.end, start + DAY_US) };
  return {
    board: new Board(bounds, bounds),
    tiles: new DrawingTiles(memoryFetch(memory), loaded),
    points: new StripPoints(
      (ids, span) => Promise.resolve(new Map(ids.map((id) => [id, readPoints(span, ...pointsOf(span))]))),
      loaded,
    ),
    known: { marks: () => [], lanes: () => [] },
    onLoaded: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => undefined,
  };
}

function Measured({
  memory,
  session,
  onShown,
}: {
  memory: MemoryEvents;
  session: Session;
  onShown: () => void;
}) {
  const timeline = useMemo((): Timeline => {
    const { bounds } = session.board.get();
    const filter = { grouping: "service" as const, kinds: [], services: [], q: "" };
    return {
      incident: INCIDENT,
      session,
      clock: makeClock("UTC", "en"),
      overview: memory.drawing({ ...bounds, ...filter, resolution: overviewResolution(bounds) }),
      series: curvesOf(session.board.get().bounds),
      event: null,
      related: new Map(),
      acts: [],
      cause: null,
      signal: null,
      actions: noActions,
      mayEdit: false,
    };
  }, [memory, session]);
  useEffect(onShown, [onShown]);
  return (
    <TimelineContext value={timeline}>
      <BoardView />
    </TimelineContext>
  );
}

await startTexts();
await loadTexts("work");
window.bench = {
  load: (el, events) =>
    new Promise((resolve) => {
      const memory = new MemoryEvents(heldOf(events));
      const session = openSession(memory);
      const onShown = () =>
        resolve({ setWindow: (a, b) => session.board.look({ start: a * 1000, end: b * 1000 }) });
      createRoot(el).render(
        <ThemeProvider>
          <Measured memory={memory} session={session} onShown={onShown} />
        </ThemeProvider>,
      );
    }),
};
