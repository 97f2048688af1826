import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveChannel, parseChange, type Stream, staleKeys } from "./live";

class FakeStream implements Stream {
  readyState = 0;
  closed = false;
  #listeners = new Map<string, (event: { data?: unknown }) => void>();

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  emit(type: string, data?: unknown): void {
    this.#listeners.get(type)?.({ data });
  }
}

let streams: FakeStream[];
let channel: LiveChannel;
const change = {
  seq: 1,
  noun: "event",
  id: "evt_1",
  incident_id: "inc_1",
  change: "updated",
  version: 2,
  by: null,
};

beforeEach(() => {
  vi.useFakeTimers();
  streams = [];
  channel = new LiveChannel(() => {
    const stream = new FakeStream();
    streams.push(stream);
    return stream;
  });
});
afterEach(() => {
  channel.stop();
  vi.useRealTimers();
});

describe("the live channel", () => {
  it("tells its state and passes changes on", () => {
    const seen: string[] = [];
    channel.onChange((changes) => seen.push(...changes.map(({ id }) => id)));
    channel.start();
    channel.start();
    expect(streams).toHaveLength(1);
    expect(channel.state()).toBe("connecting");
    streams[0]?.emit("open");
    expect(channel.state()).toBe("live");
    streams[0]?.emit("change", JSON.stringify(change));
    streams[0]?.emit("change", "not json");
    vi.advanceTimersByTime(50);
    expect(seen).toEqual(["evt_1"]);
  });

  it("tells a flood in heaps, so that an import does not ask for everything a thousand times", () => {
    const heaps: number[] = [];
    channel.onChange((changes) => heaps.push(changes.length));
    channel.start();
    for (let index = 0; index < 1000; index++) {
      streams[0]?.emit("change", JSON.stringify({ ...change, id: `evt_${index}` }));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(1000);
    expect(heaps.length).toBeLessThan(5);
    expect(heaps.reduce((sum, length) => sum + length, 0)).toBe(1000);
  });

  it("leaves a short break to the browser, which asks for what it missed", () => {
    const reset = vi.fn();
    channel.onReset(reset);
    channel.start();
    streams[0]?.emit("open");
    streams[0]?.emit("error");
    expect(channel.state()).toBe("offline");
    streams[0]?.emit("open");
    expect(channel.state()).toBe("live");
    expect(reset).not.toHaveBeenCalled();
  });

  it("opens anew what the browser gave up, and has everything asked for again", () => {
    const reset = vi.fn();
    channel.onReset(reset);
    channel.start();
    const first = streams[0];
    first?.emit("open");
    if (first) first.readyState = 2;
    first?.emit("error");
    expect(first?.closed).toBe(true);
    vi.advanceTimersByTime(5000);
    expect(streams).toHaveLength(2);
    streams[1]?.emit("open");
    expect(reset).toHaveBeenCalledTimes(1);
  });

  it("passes on that the server lost track", () => {
    const reset = vi.fn();
    channel.onReset(reset);
    channel.start();
    streams[0]?.emit("reset");
    expect(reset).toHaveBeenCalledTimes(1);
  });
});

describe("a change", () => {
  it("makes stale what shows it", () => {
    const parsed = parseChange(JSON.stringify(change));
    expect(parsed && staleKeys([parsed, parsed])).toEqual([["incidents"], ["incident", "inc_1"]]);
    const person = parseChange(JSON.stringify({ ...change, noun: "person", id: "per_1", incident_id: null }));
    expect(person && staleKeys([person])).toEqual([["people"], ["invitations"]]);
  });

  it("of an unknown form is left out", () => {
    expect(parseChange("[]")).toBeUndefined();
    expect(parseChange(undefined)).toBeUndefined();
  });
});
