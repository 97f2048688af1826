import { describe, expect, it } from "vitest";
import type { Drawing } from "./drawing";
import { type DrawingRequest, DrawingTiles, resolutionFor, tilesFor } from "./tiles";

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
  const view = { start: 2 ** 30 + 2 ** 26, end: 2 ** 30 + 2 ** 26 + 2 ** 28 };

  it("stand at multiples of their length, in powers of two, one more on both sides", () => {
    const resolution = resolutionFor(view, 1000);
    expect(Math.log2(resolution) % 1).toBe(0);
    const { seen, near } = tilesFor(view, resolution, bounds);
    expect(seen.every(({ start, end }) => start % (end - start) === 0)).toBe(true);
    expect(seen[0]?.start).toBeLessThanOrEqual(view.start);
    expect(seen.at(-1)?.end).toBeGreaterThanOrEqual(view.end);
    expect(near).toHaveLength(2);
    expect(tilesFor({ start: 0, end: 100 }, 1, bounds).near).toHaveLength(1);
  });

  it("ask once for what small moves share, and for the neighbours last", async () => {
    const { tiles, asked } = slowServer();
    tiles.want(view, 1000, bounds, filter);
    const seen = asked.length;
    expect(asked.every(({ request }) => request.start < view.end && request.end > view.start)).toBe(true);
    for (const { answer } of asked) answer();
    await settled();
    tiles.want(view, 1000, bounds, filter);
    for (const { answer } of asked.slice(seen)) answer();
    await settled();
    const all = asked.length;
    expect(all).toBe(seen + 2);
    tiles.want({ start: view.start + 2 ** 20, end: view.end + 2 ** 20 }, 1000, bounds, filter);
    expect(asked).toHaveLength(all);
  });

  it("let a server that fails rest, unless a person wants it again", async () => {
    let calls = 0;
    const tiles: DrawingTiles = new DrawingTiles(
      () => {
        calls += 1;
        return Promise.reject(new Error("no"));
      },
      // The board draws anew after each answer, and wants what is missing.
      () => tiles.want(view, 1000, bounds, filter),
    );
    tiles.want(view, 1000, bounds, filter);
    const wanted = calls;
    for (let turn = 0; turn < 5; turn++) await settled();
    expect(calls).toBe(wanted);
    tiles.invalidate();
    tiles.want(view, 1000, bounds, filter);
    expect(calls).toBe(2 * wanted);
  });

  it("ask once though the server answers coarser than was asked", async () => {
    let calls = 0;
    const tiles = new DrawingTiles(
      (request) => {
        calls += 1;
        return Promise.resolve(drawingOf({ ...request, resolution: request.resolution * 4 }));
      },
      () => undefined,
    );
    for (let round = 0; round < 5; round++) {
      tiles.want(view, 1000, bounds, filter);
      await settled();
    }
    const { seen, near } = tilesFor(view, resolutionFor(view, 1000), bounds);
    expect(calls).toBe(seen.length + near.length);
  });

  it("abort what nobody waits for any more", () => {
    const { tiles, asked } = slowServer();
    tiles.want({ start: 0, end: 2 ** 20 }, 1000, bounds, filter);
    const before = asked.length;
    tiles.want({ start: 2 ** 31, end: 2 ** 31 + 2 ** 20 }, 1000, bounds, filter);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual(asked.map((_, index) => index < before));
  });

  it("show what is there until something sharper is", async () => {
    const { tiles, asked } = slowServer();
    tiles.put(filter, drawingOf({ ...filter, ...bounds, resolution: 2 ** 24 }));
    const near = { start: 2 ** 30, end: 2 ** 30 + 2 ** 24 };
    tiles.want(near, 1000, bounds, filter);
    expect(tiles.layers(near, 1000).map(({ drawing }) => drawing.resolution)).toEqual([2 ** 24]);
    for (const { answer } of asked) answer();
    await settled();
    expect(new Set(tiles.layers(near, 1000).map(({ drawing }) => drawing.resolution))).toEqual(
      new Set([resolutionFor(near, 1000)]),
    );
  });

  it("fill what the sharp one does not cover with the coarse one, without overlap", () => {
    const { tiles } = slowServer();
    tiles.put(filter, drawingOf({ ...filter, ...bounds, resolution: 2 ** 24 }));
    const sharp = { ...filter, q: "" };
    tiles.want({ start: 0, end: 2 ** 28 }, 1000, bounds, sharp);
    const layers = tiles.layers({ start: 2 ** 28, end: 2 ** 30 }, 1000);
    expect(layers.map(({ part }) => part)).toEqual([{ start: 2 ** 28, end: 2 ** 30 }]);
  });

  it("keep the tile that names every event beside a whole that names only some", async () => {
    const { tiles, asked } = slowServer();
    const resolution = resolutionFor(view, 1000);
    const whole = { ...drawingOf({ ...filter, ...bounds, resolution }), total: 402, complete: false };
    tiles.put(filter, whole);
    expect(tiles.layers(view, 1000).map(({ drawing }) => drawing)).toEqual([whole]);
    tiles.want(view, 1000, bounds, filter);
    for (const { answer } of asked) answer();
    await settled();
    // A page that is drawn anew puts the same in again.
    tiles.put(filter, whole);
    expect(tiles.layers(view, 1000).every(({ drawing }) => drawing.complete)).toBe(true);
    tiles.put(filter, { ...whole });
    expect(tiles.layers(view, 1000).every(({ drawing }) => drawing.complete)).toBe(true);
  });

  it("ask for nothing that a whole, sharp and complete, already shows", () => {
    const { tiles, asked } = slowServer();
    const resolution = resolutionFor(view, 1000);
    tiles.put(filter, drawingOf({ ...filter, ...bounds, resolution }));
    tiles.want(view, 1000, bounds, filter);
    expect(asked).toHaveLength(0);
    tiles.invalidate();
    tiles.want(view, 1000, bounds, filter);
    expect(asked.length).toBeGreaterThan(0);
  });

  it("load again what is no longer true, and show it meanwhile", async () => {
    const { tiles, asked } = slowServer();
    tiles.want(view, 1000, bounds, filter);
    for (const { answer } of asked) answer();
    await settled();
    const before = asked.length;
    tiles.invalidate();
    tiles.want(view, 1000, bounds, filter);
    expect(asked.length).toBe(before * 2);
    expect(tiles.layers(view, 1000).length).toBeGreaterThan(0);
  });
});
