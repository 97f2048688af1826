import { describe, expect, it } from "vitest";
import type { Drawing } from "./drawing";
import { type DrawingRequest, DrawingTiles, resolutionFor, windowFor } from "./tiles";

const bounds = { start: 0, end: 2 ** 32 };
const filter = { grouping: "service" as const, kinds: [], services: [], q: "" };
const drawingOf = ({ start, end, resolution }: DrawingRequest): Drawing => ({
  start,
  end,
  resolution,
  lanes: new Map(),
  marks: [],
  total: 0,
  complete: true,
});

function slowServer() {
  const asked: { request: DrawingRequest; signal: AbortSignal; answer: () => void }[] = [];
  const tiles = new DrawingTiles(
    (request, signal) =>
      new Promise((resolve) => asked.push({ request, signal, answer: () => resolve(drawingOf(request)) })),
    () => undefined,
  );
  return { tiles, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("tiles", () => {
  it("ask for powers of two, one screen to both sides, inside the bounds", () => {
    const view = { start: 2 ** 30, end: 2 ** 30 + 2 ** 28 };
    expect(Math.log2(resolutionFor(view, 1000)) % 1).toBe(0);
    const window = windowFor(view, resolutionFor(view, 1000), bounds);
    expect(window.start).toBeLessThanOrEqual(view.start - 2 ** 28);
    expect(window.end).toBeGreaterThanOrEqual(view.end + 2 ** 28);
    expect(windowFor({ start: 0, end: 100 }, 1, bounds).start).toBe(0);
  });

  it("ask once for what small moves share", async () => {
    const { tiles, asked } = slowServer();
    tiles.want({ start: 2 ** 30, end: 2 ** 30 + 2 ** 28 }, 1000, bounds, filter);
    asked[0]?.answer();
    await settled();
    tiles.want({ start: 2 ** 30 + 2 ** 24, end: 2 ** 30 + 2 ** 28 + 2 ** 24 }, 1000, bounds, filter);
    expect(asked).toHaveLength(1);
  });

  it("abort what nobody waits for any more", () => {
    const { tiles, asked } = slowServer();
    tiles.want({ start: 0, end: 2 ** 20 }, 1000, bounds, filter);
    tiles.want({ start: 2 ** 31, end: 2 ** 31 + 2 ** 20 }, 1000, bounds, filter);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it("show what is there until something sharper is", async () => {
    const { tiles, asked } = slowServer();
    tiles.put(filter, drawingOf({ ...filter, ...bounds, resolution: 2 ** 24 }));
    const view = { start: 2 ** 30, end: 2 ** 30 + 2 ** 24 };
    tiles.want(view, 1000, bounds, filter);
    expect(tiles.layers(view, 1000).map(({ drawing }) => drawing.resolution)).toEqual([2 ** 24]);
    asked[0]?.answer();
    await settled();
    expect(tiles.layers(view, 1000).map(({ drawing }) => drawing.resolution)).toEqual([
      resolutionFor(view, 1000),
    ]);
  });

  it("fill what the sharp one does not cover with the coarse one, without overlap", () => {
    const { tiles } = slowServer();
    tiles.put(filter, drawingOf({ ...filter, ...bounds, resolution: 2 ** 24 }));
    tiles.put(filter, drawingOf({ ...filter, start: 0, end: 2 ** 29, resolution: 2 ** 20 }));
    const layers = tiles.layers({ start: 2 ** 28, end: 2 ** 30 }, 1000);
    expect(layers.map(({ part }) => part)).toEqual([
      { start: 2 ** 28, end: 2 ** 29 },
      { start: 2 ** 29, end: 2 ** 30 },
    ]);
  });

  it("load again what is no longer true, and show it meanwhile", () => {
    const { tiles, asked } = slowServer();
    const view = { start: 0, end: 2 ** 28 };
    tiles.put(filter, drawingOf({ ...filter, ...bounds, resolution: resolutionFor(view, 1000) }));
    tiles.want(view, 1000, bounds, filter);
    expect(asked).toHaveLength(0);
    tiles.invalidate();
    tiles.want(view, 1000, bounds, filter);
    expect(asked).toHaveLength(1);
    expect(tiles.layers(view, 1000)).toHaveLength(1);
  });
});
