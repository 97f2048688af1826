import { describe, expect, it } from "vitest";
import { arcTo, drawnRelations } from "./arcs";
import type { Drawing, Mark } from "./drawing";
import { acrossLanes, neighbour } from "./steps";
import { newDays, tellStory } from "./story";

const drawing: Drawing = {
  start: 0,
  end: 100,
  resolution: 1,
  lanes: new Map([
    [
      "orders",
      {
        key: "orders",
        label: "orders",
        depth: 0,
        eventCount: 9,
        t0: Float64Array.from([5, 20, 21, 22, 60, 90]),
        t1: Float64Array.from([5, 20, 21, 22, 60, 90]),
        n: Uint32Array.from([2, 1, 1, 2, 1, 2]),
        kind: Uint8Array.from([1, 0, 1, 2, 0, 1]),
        severity: new Uint8Array(6),
        sample: [],
      },
    ],
  ]),
  marks: [],
  total: 9,
  complete: false,
};

describe("the story", () => {
  const events = [
    { id: "b", at: 60, kind: "metric" as const },
    { id: "a", at: 20, kind: "metric" as const },
  ];
  const phases = [{ name: "unnoticed", start: 15, end: 50 }];

  it("tells key events and phases in order, and counts the rest between them", () => {
    const items = tellStory(events, phases, drawing, { start: 0, end: 100 }, []);
    const said = items.map((item) =>
      item.is === "event"
        ? item.event.id
        : item.is === "phase"
          ? item.phase.name
          : `${item.count} ${item.kinds.join("+")}`,
    );
    expect(said).toEqual(["2 log", "unnoticed", "a", "3 trace+log", "b", "2 log"]);
  });

  it("does not count what is hidden", () => {
    const items = tellStory(events, [], drawing, { start: 0, end: 100 }, ["log"]);
    const folds = items.flatMap((item) => (item.is === "fold" ? [item.count] : []));
    expect(folds).toEqual([2]);
  });
});

const mark = (id: string, lane: string, at: number): Mark => ({
  id,
  lane,
  at,
  kind: "log",
  end: null,
  title: id,
  severity: 0,
  key: true,
  starred: false,
});

describe("days of a story", () => {
  const items = [10, 20, 130, 250].map((at) => ({
    is: "event" as const,
    event: { id: `e${at}`, at, kind: "note" as const },
  }));

  it("stand before the first event of each, when there are several", () => {
    const dayOf = (at: number) => `day ${Math.floor(at / 100)}`;
    expect([...newDays(items, dayOf)]).toEqual([
      ["e10", "day 0"],
      ["e130", "day 1"],
      ["e250", "day 2"],
    ]);
    expect(newDays(items, () => "today").size).toBe(0);
  });
});

describe("stepping", () => {
  const marks = [mark("c", "edge", 30), mark("a", "edge", 10), mark("b", "orders", 20), mark("z", "db", 29)];
  const [c, a, b] = marks;

  it("goes through time", () => {
    expect(neighbour(marks, null, 1)?.id).toBe("a");
    expect(neighbour(marks, a ?? null, 1)?.id).toBe("b");
    expect(neighbour(marks, b ?? null, -1)?.id).toBe("a");
    expect(neighbour(marks, c ?? null, 1)).toBeNull();
  });

  it("goes across lanes to what lies nearest, past empty ones", () => {
    if (!c) throw new Error("no mark");
    expect(acrossLanes(["edge", "empty", "orders", "db"], marks, c, 1)?.id).toBe("b");
    expect(acrossLanes(["edge", "orders"], marks, c, -1)).toBeNull();
  });
});

describe("arcs", () => {
  it("between events of the first row stay below the edge of the board", () => {
    const { control1, from } = arcTo({ x: 100, y: 15 }, { x: 400, y: 15 }, 0.9);
    const highest = from.y + (control1.y - from.y) * 0.75;
    expect(highest).toBeGreaterThanOrEqual(2);
    expect(highest).toBeLessThan(from.y);
  });

  it("are the wider and darker the stronger, and dashed when weak", () => {
    const strong = arcTo({ x: 0, y: 0 }, { x: 100, y: 100 }, 0.9);
    const weak = arcTo({ x: 0, y: 0 }, { x: 100, y: 100 }, 0.3);
    expect(strong.width).toBeGreaterThan(weak.width);
    expect(strong.opacity).toBeGreaterThan(weak.opacity);
    expect([strong.dashed, weak.dashed]).toEqual([false, true]);
  });

  it("leave out what a person called unrelated", () => {
    const relations = [
      { id: "a", score: 0.4, state: "proposed" as const },
      { id: "b", score: 0.9, state: "rejected" as const },
      { id: "c", score: 0.7, state: "confirmed" as const },
    ];
    expect(drawnRelations(relations).map(({ id }) => id)).toEqual(["c", "a"]);
  });
});
