import { describe, expect, it } from "vitest";
import type { Mark } from "./drawing";
import { MARK_PX, nameAlone, pack, rowsNeeded } from "./packing";

const mark = (id: string, at: number, key = true): Mark => ({
  id,
  kind: "log",
  lane: "orders",
  at,
  end: null,
  title: id,
  severity: 0,
  key,
  starred: false,
});
const rules = {
  rows: 2,
  pxPerMicro: 1,
  nameWidth: () => 100,
  priority: ({ key }: Mark) => (key ? 50 : 10),
  mustShow: 45,
};

describe("names on a lane", () => {
  it("go to the next row when they do not fit", () => {
    const placed = pack([mark("a", 0), mark("b", 50)], rules);
    expect(placed.map(({ row, nameWidth }) => [row, nameWidth])).toEqual([
      [0, 100],
      [1, 100],
    ]);
  });

  it("give way, marks never do", () => {
    const crowd = Array.from({ length: 12 }, (_, index) => mark(`m${index}`, index * 20));
    const placed = pack(crowd, rules);
    expect(placed).toHaveLength(12);
    for (const { mark: other, row } of placed) {
      const covered = placed.some(
        (each) =>
          each.row === row &&
          each.nameWidth > 0 &&
          each.mark.at + MARK_PX < other.at + MARK_PX &&
          each.mark.at + MARK_PX + each.nameWidth > other.at - MARK_PX &&
          each.mark.id !== other.id,
      );
      expect(covered, other.id).toBe(false);
    }
  });

  it("leave out what need not be shown and has no room", () => {
    const placed = pack([mark("key", 0), mark("small", 10, false), mark("far", 400, false)], {
      ...rules,
      rows: 1,
    });
    expect(placed.map((each) => each.mark.id)).toEqual(["key", "far"]);
  });

  it("let an alert stand bare where it covers nothing, and never cut a key event's name for it", () => {
    const mayStandBare = ({ id }: Mark) => id === "call";
    const put = (at: number) =>
      pack([mark("key", 0), mark("call", at, false)], { ...rules, rows: 1, mayStandBare });
    expect(put(130).map((each) => [each.mark.id, each.nameWidth])).toEqual([
      ["key", 100],
      ["call", 100],
    ]);
    expect(put(60).map((each) => [each.mark.id, each.nameWidth])).toEqual([["key", 100]]);
    const between = pack([mark("key", 0), mark("next", 160), mark("call", 130, false)], {
      ...rules,
      rows: 1,
      mayStandBare,
    });
    expect(between.map((each) => [each.mark.id, each.nameWidth])).toEqual([
      ["key", 100],
      ["call", 0],
      ["next", 100],
    ]);
  });

  it("grow into room that nobody needs, and never into the next mark", () => {
    const placed = pack([mark("a", 0), mark("b", 300), mark("c", 1000)], {
      ...rules,
      rows: 1,
      mostWidth: () => 460,
    });
    const room = 300 - 2 * MARK_PX - 6;
    expect(placed.map(({ nameWidth }) => nameWidth)).toEqual([room - (room % 8), 460, 460]);
  });

  it("are cut in steps while the zoom changes, and never where they fit", () => {
    const cutAt = (distance: number) =>
      pack([mark("a", 0), mark("b", distance)], { ...rules, rows: 1, mostWidth: () => 460 })[0]?.nameWidth;
    const widths = new Set(Array.from({ length: 80 }, (_, more) => cutAt(300 + more)));
    expect(widths.size).toBeLessThanOrEqual(11);
    expect(cutAt(460 + 2 * MARK_PX + 6)).toBe(460);
    expect(cutAt(461 + 2 * MARK_PX + 6)).toBe(460);
  });

  it("of the selected event stay when a mark beside it needs a place", () => {
    const priority = ({ id }: Mark) => (id === "selected" ? 100 : 50);
    const crowd = ["before", "selected", "after"].map((id, index) => mark(id, index * 12));
    const placed = pack([...crowd, mark("near", 40)], { ...rules, priority });
    expect(placed.find((each) => each.mark.id === "selected")?.nameWidth).toBe(100);
  });

  it("stay when another mark only touches their own from the left", () => {
    const [, later] = pack([mark("a", 0), mark("b", 12)], {
      ...rules,
      rows: 1,
      priority: ({ at }) => 50 + at,
    });
    expect(later?.nameWidth).toBe(100);
  });

  it("do not move against each other when the board is panned", () => {
    const marks = [mark("a", 0), mark("b", 50), mark("c", 90)];
    const later = marks.map((each) => ({ ...each, at: each.at + 1000 }));
    expect(pack(later, rules).map(({ row }) => row)).toEqual(pack(marks, rules).map(({ row }) => row));
  });

  it("say how many rows they need", () => {
    expect(rowsNeeded([], 3, rules)).toBe(0);
    expect(rowsNeeded([mark("a", 0), mark("b", 300)], 3, rules)).toBe(1);
    expect(rowsNeeded([mark("a", 0), mark("b", 30)], 3, rules)).toBe(2);
    expect(
      rowsNeeded(
        [0, 10, 20, 30, 40].map((at) => mark(`${at}`, at)),
        3,
        rules,
      ),
    ).toBe(3);
  });

  it("leave room for the score beside them, or give way", () => {
    expect(nameAlone(200, 32, 300)).toBe(168);
    expect(nameAlone(200, 32, 90)).toBe(90);
    expect(nameAlone(80, 32, 300)).toBe(0);
    expect(nameAlone(0, 0, 40)).toBe(0);
  });
});
