/** The board of the product with events that are already in the browser, for measuring drawing alone. */
import { useEffect, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { BoardView } from "../src/features/timeline/BoardView";
import { Board } from "../src/features/timeline/engine/board";
import type { Mark } from "../src/features/timeline/engine/drawing";
import { KINDS } from "../src/features/timeline/engine/kinds";
import { MemoryEvents, memoryFetch } from "../src/features/timeline/engine/memory";
import { StripPoints } from "../src/features/timeline/engine/strips-cache";
import { DrawingTiles } from "../src/features/timeline/engine/tiles";
import { type Timeline, TimelineContext } from "../src/features/timeline/model/context";
import { overviewResolution, type Session } from "../src/features/timeline/model/session";
import { loadTexts, startTexts } from "../src/lib/i18n";
import { makeClock } from "../src/lib/time";
import { ThemeProvider } from "../src/ui";
import { INCIDENT, noActions } from "./fixture";

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

function marksOf(events: readonly BenchEvent[]): Mark[] {
  const each = Math.max(1, Math.floor(events.length / KEY_EVENTS));
  return events.map((event, index) => ({
    id: String(event.id),
    kind: KINDS[event.lane % KINDS.length] ?? "note",
    lane: `lane ${event.lane}`,
    at: event.t * 1000,
    end: event.end === null ? null : event.end * 1000,
    title: event.text,
    severity: index % 5,
    key: index % each === 0,
    starred: false,
  }));
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
    points: new StripPoints(() => Promise.resolve(new Map()), loaded),
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
      series: [],
      event: null,
      related: new Map(),
      acts: [],
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
      const memory = new MemoryEvents(marksOf(events));
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
