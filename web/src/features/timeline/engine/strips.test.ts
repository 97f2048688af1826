import { describe, expect, it } from "vitest";
import { isQuiet, missing, readingAt, readPoints, roundUp, statistics, valueScale } from "./strips";

const points = readPoints({ start: 0, end: 100 }, [0, 10, 20, 30, 80, 90, 100], [1, 2, 3, null, 5, 6, 7]);

describe("strips", () => {
  it("read the last value, and nothing where nothing was measured", () => {
    expect(readingAt(points, 15)).toBe(2);
    expect(readingAt(points, 100)).toBe(7);
    expect(readingAt(points, 35)).toBeNull();
    expect(readingAt(points, 70)).toBeNull();
    expect(readingAt(points, -5)).toBeNull();
  });

  it("know their holes, never as zero", () => {
    expect(missing(points, { start: 0, end: 100 })).toEqual([{ start: 20, end: 80 }]);
    expect(missing(points, { start: 200, end: 300 })).toEqual([{ start: 200, end: 300 }]);
    expect(missing(points, { start: -100, end: 100 })[0]).toEqual({ start: -100, end: 0 });
  });

  it("tell a hole in which nobody called from one of which nothing is known", () => {
    const hole = { start: 20, end: 80 };
    const rate = (v: (number | null)[]) =>
      readPoints({ start: 0, end: 100 }, [10, 30, 40, 50, 60, 70, 90], v);
    expect(isQuiet(rate([4, 0, 0, 0, 0, 0, 3]), hole)).toBe(true);
    expect(isQuiet(rate([4, 0.2, 0, 0, 0, 0, 3]), hole)).toBe(true);
    expect(isQuiet(rate([4, 3, 3, 2, 3, 3, 3]), hole)).toBe(false);
    expect(isQuiet(rate([4, null, null, null, null, null, 3]), hole)).toBe(false);
    expect(isQuiet(undefined, hole)).toBe(false);
  });

  it("sum up a range", () => {
    expect(statistics(points, { start: 0, end: 20 })).toEqual({ count: 3, least: 1, most: 3, mean: 2 });
    expect(statistics(points, { start: 25, end: 40 })).toBeNull();
  });

  it("begin at zero, so that what is healthy looks flat", () => {
    expect(valueScale(104, 120, false)).toEqual({ low: 0, high: 200 });
    expect(valueScale(0.2, 31, true)).toEqual({ low: 0, high: 40 });
    expect(valueScale(0, 0, false)).toEqual({ low: 0, high: 1 });
    expect(valueScale(-5, 3, true)).toEqual({ low: -5, high: 3 });
  });

  it("look closely at a narrow swing only when it is unusual", () => {
    const { low, high } = valueScale(90, 100, true);
    expect(low).toBeGreaterThan(50);
    expect(high).toBeGreaterThanOrEqual(100);
  });

  it("round up to figures that people read", () => {
    expect([0, 0.23, 31, 37, 46, 980, 1050].map(roundUp)).toEqual([0, 0.25, 40, 40, 50, 1000, 1200]);
  });
});
