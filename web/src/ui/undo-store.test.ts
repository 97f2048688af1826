import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UndoStore } from "./undo-store";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("an offer to undo lapses, unless someone is on it", () => {
  const store = new UndoStore();
  store.offer("Event deleted", () => undefined);
  store.pause();
  vi.advanceTimersByTime(60_000);
  expect(store.current()?.message).toBe("Event deleted");
  store.resume();
  vi.advanceTimersByTime(8000);
  expect(store.current()).toBeUndefined();
});

it("the last offer is the one that is taken back", () => {
  const undone: string[] = [];
  const store = new UndoStore();
  store.offer("first", () => undone.push("first"));
  vi.advanceTimersByTime(5000);
  store.offer("second", () => undone.push("second"));
  vi.advanceTimersByTime(5000);
  store.undo();
  store.undo();
  expect(undone).toEqual(["second"]);
});
