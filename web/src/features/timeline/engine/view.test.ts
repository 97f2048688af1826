import { describe, expect, it } from "vitest";
import { clampView, panBy, reveal, SHORTEST_VIEW, timeAt, xOf, zoomAt } from "./view";

const bounds = { start: 0, end: 3_600_000_000 };
const view = { start: 600_000_000, end: 1_200_000_000 };

describe("the view", () => {
  it("turns times into pixels and back", () => {
    expect(xOf(view, 600, 900_000_000)).toBe(300);
    expect(timeAt(view, 600, 300)).toBe(900_000_000);
  });

  it("keeps what lies under the pointer while it zooms", () => {
    const at = 700_000_000;
    const nearer = zoomAt(view, bounds, at, 0.5);
    expect(xOf(nearer, 600, at)).toBeCloseTo(xOf(view, 600, at), 5);
    expect(nearer.end - nearer.start).toBe(300_000_000);
  });

  it("never leaves the bounds, and never gets shorter than can be seen", () => {
    expect(panBy(view, bounds, -50)).toEqual({ start: 0, end: 600_000_000 });
    expect(zoomAt(view, bounds, 900_000_000, 1000)).toEqual(bounds);
    const closest = zoomAt(view, bounds, 900_000_000, 1e-9);
    expect(closest.end - closest.start).toBe(SHORTEST_VIEW);
    expect(clampView({ start: 5, end: 5 }, bounds).end).toBe(SHORTEST_VIEW);
  });

  it("moves only as far as needed to show a moment", () => {
    expect(reveal(view, bounds, 900_000_000)).toBe(view);
    expect(reveal(view, bounds, 2_000_000_000)).toEqual({ start: 1_700_000_000, end: 2_300_000_000 });
  });
});
