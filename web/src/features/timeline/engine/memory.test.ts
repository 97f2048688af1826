import { describe, expect, it } from "vitest";
import { bucketAt, Columns, columnHeight, densestOfAll, gather } from "./density";
import type { Mark } from "./drawing";
import { kindIndex } from "./kinds";
import { type HeldEvents, MemoryEvents } from "./memory";

const SECOND = 1_000_000;
const marks: Mark[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `evt_${index}`,
  kind: index % 2 === 0 ? "log" : "trace",
  lane: index % 3 === 0 ? "edge" : "orders",
  at: index * SECOND + (index % 7),
  end: null,
  title: `event ${index}`,
  severity: index % 50 === 0 ? 4 : 1,
  key: index % 500 === 0,
  starred: false,
}));
const request = { grouping: "service" as const, kinds: [], services: [], q: "" };
const hidden = new Set<number>();

function held(marks: readonly Mark[]): HeldEvents {
  const mark = (place: number): Mark => {
    const found = marks[place];
    if (!found) throw new Error(`no mark ${place}`);
    return found;
  };
  return {
    length: marks.length,
    at: (place) => mark(place).at,
    lane: (place) => mark(place).lane,
    kind: (place) => kindIndex(mark(place).kind),
    severity: (place) => mark(place).severity,
    isKey: (place) => mark(place).key,
    id: (place) => mark(place).id,
    mark,
  };
}

describe("drawings of events in memory", () => {
  const events = new MemoryEvents(held(marks));

  it("do not depend on the order in which the events came", () => {
    const mixed = new MemoryEvents(held(marks.map((mark, index) => marks[(index * 1777) % 5000] ?? mark)));
    const asked = { ...request, start: 0, end: 5000 * SECOND, resolution: 2 ** 24 };
    expect(mixed.drawing(asked)).toEqual(events.drawing(asked));
  });

  it("count every event once at any resolution", () => {
    for (const power of [16, 20, 24, 28]) {
      const drawing = events.drawing({ ...request, start: 0, end: 5000 * SECOND, resolution: 2 ** power });
      const total = [...drawing.lanes.values()]
        .flatMap(({ n }) => [...n])
        .reduce((sum, count) => sum + count, 0);
      expect(total, `2^${power}`).toBe(5000);
    }
  });

  it("carry all events when few are in the window, else the key ones", () => {
    const few = events.drawing({ ...request, start: 0, end: 100 * SECOND, resolution: 2 ** 16 });
    expect([few.total, few.complete, few.marks.length]).toEqual([100, true, 100]);
    const many = events.drawing({ ...request, start: 0, end: 5000 * SECOND, resolution: 2 ** 24 });
    expect([many.complete, many.marks.length]).toEqual([false, 10]);
  });

  it("make columns that panning does not change", () => {
    const drawing = events.drawing({ ...request, start: 0, end: 5000 * SECOND, resolution: 2 ** 22 });
    const lane = drawing.lanes.get("orders");
    if (!lane) throw new Error("no lane");
    const step = 2 ** 24;
    const columns = new Columns();
    columns.reset(step);
    gather(lane, { start: step * 3, end: step * 9 }, step, hidden, columns);
    const first = [...columns.start.subarray(0, columns.length)].map((start, index) => [
      start,
      columns.total[index],
    ]);
    columns.reset(step);
    gather(lane, { start: step * 5, end: step * 12 }, step, hidden, columns);
    const second = [...columns.start.subarray(0, columns.length)].map((start, index) => [
      start,
      columns.total[index],
    ]);
    expect(second.slice(0, 4)).toEqual(first.slice(2, 6));
  });

  it("find the loudest event under the pointer", () => {
    const drawing = events.drawing({ ...request, start: 0, end: 5000 * SECOND, resolution: 2 ** 20 });
    const lane = drawing.lanes.get("edge");
    if (!lane) throw new Error("no lane");
    const found = bucketAt(lane, { start: 140 * SECOND, end: 170 * SECOND }, hidden);
    expect(found?.sample).toBe("evt_150");
    expect(found?.total).toBe(10);
    expect(bucketAt(lane, { start: -20, end: -10 }, hidden)).toBeNull();
    expect(bucketAt(lane, { start: 140 * SECOND, end: 170 * SECOND }, new Set([1, 2]))).toBeNull();
  });

  it("let one event show and a burst stand out", () => {
    expect(columnHeight(0, 100, 14)).toBe(0);
    expect(columnHeight(1, 100, 14)).toBeGreaterThan(2);
    expect(columnHeight(100, 100, 14)).toBe(14);
    expect(columnHeight(10, 10, 14)).toBeLessThan(14);
  });

  it("gives a quiet stretch the same scale whether the burst beside it is in its tile or in the next", () => {
    const burst = Array.from({ length: 500 }, (_, index) => ({ ...marks[0], at: index * 100 }) as Mark);
    const quiet = marks.filter(({ at }) => at > 1000 * SECOND && at < 2000 * SECOND);
    const memory = new MemoryEvents(held([...burst, ...quiet]));
    const draw = (start: number, end: number) =>
      memory.drawing({ ...request, start: start * SECOND, end: end * SECOND, resolution: 2 ** 20 });
    const whole = densestOfAll([draw(0, 2000)]);
    expect(densestOfAll([draw(1000, 2000)])).toBeLessThan(whole);
    expect(densestOfAll([draw(0, 1000), draw(1000, 2000)])).toBe(whole);
  });
});
