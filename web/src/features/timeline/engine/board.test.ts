import { describe, expect, it } from "vitest";
import { EMPTY_ADDRESS } from "./address";
import { Board } from "./board";

const bounds = { start: 0, end: 3_600_000_000 };
const home = { start: 600_000_000, end: 1_800_000_000 };
const board = (address = EMPTY_ADDRESS) => new Board(bounds, home, address);

describe("the board", () => {
  it("begins at home and fits by turns", () => {
    const state = board();
    expect(state.get().view).toEqual(home);
    expect(state.address().view).toBeNull();
    state.fit();
    expect(state.get().view).toEqual(bounds);
    state.fit();
    expect(state.get().view).toEqual(home);
  });

  it("zooms around what is selected", () => {
    const state = board();
    state.select({ id: "evt_1", at: 700_000_000 });
    state.zoomIn();
    const { view } = state.get();
    expect((700_000_000 - view.start) / (view.end - view.start)).toBeCloseTo(100 / 1200, 3);
  });

  it("brings a selected event into view without changing the zoom", () => {
    const state = board();
    state.select({ id: "evt_1", at: 3_000_000_000 });
    const { view } = state.get();
    expect(view.end - view.start).toBe(1_200_000_000);
    expect(view.start).toBeLessThan(3_000_000_000);
    expect(view.end).toBeGreaterThan(3_000_000_000);
  });

  it("closes one thing at a time", () => {
    const state = board();
    state.select({ id: "evt_1", at: 700_000_000 }, true);
    state.pick("evt_1");
    state.markRange();
    state.close();
    expect([state.get().open, state.get().picked.size, state.get().range !== null]).toEqual([false, 1, true]);
    state.close();
    state.close();
    expect([state.get().picked.size, state.get().range, state.get().selected]).toEqual([0, null, "evt_1"]);
    state.close();
    expect(state.get().selected).toBeNull();
  });

  it("shows one kind alone and all again", () => {
    const state = board();
    state.onlyKind("log");
    expect(state.get().hiddenKinds).toHaveLength(5);
    state.onlyKind("log");
    expect(state.get().hiddenKinds).toEqual([]);
    state.toggleKind("note");
    expect(state.get().hiddenKinds).toEqual(["note"]);
  });

  it("keeps the reader's place when the window grows", () => {
    const state = board();
    state.look({ start: 700_000_000, end: 900_000_000 });
    state.setBounds({ start: 0, end: 7_200_000_000 }, home);
    expect(state.get().view).toEqual({ start: 700_000_000, end: 900_000_000 });
  });

  it("opens what the address asks for", () => {
    const view = { start: 700_000_000, end: 800_000_000 };
    const state = board({ ...EMPTY_ADDRESS, view, selected: "evt_7" });
    expect(state.get()).toMatchObject({ view, selected: "evt_7", open: true });
  });

  it("zooms to the marked range", () => {
    const state = board();
    state.set({ range: { start: 1_000_000_000, end: 1_100_000_000 } });
    state.zoomToRange();
    const { view, range } = state.get();
    expect(range).toBeNull();
    expect(view.end - view.start).toBeLessThan(120_000_000);
  });
});
