import { describe, expect, it } from "vitest";
import { foldedLanes, proposedFolds } from "./lanes";
import { type LaneShape, laneAtY, layOut } from "./layout";

const lane = (key: string, depth: number, strips: string[] = [], rows = 1): LaneShape => ({
  key,
  depth,
  eventCount: 5,
  rows,
  strips,
});
const lanes = [
  lane("orders-db", 2, ["locks"]),
  lane("", 9),
  lane("edge", 0, ["5xx"]),
  lane("response", 5, [], 2),
];

describe("lanes", () => {
  it("stand in call order, people first, what has no service last", () => {
    const { lanes: boxes } = layOut(lanes, new Set(), 900);
    expect(boxes.map(({ key }) => key)).toEqual(["response", "edge", "orders-db", ""]);
    expect(
      boxes.every(
        (box, index) =>
          index === 0 || box.top === (boxes[index - 1]?.top ?? 0) + (boxes[index - 1]?.height ?? 0),
      ),
    ).toBe(true);
  });

  it("give spare room to the strips, within limits", () => {
    const low = layOut(lanes, new Set(), 100).lanes[1]?.strips[0]?.height;
    const high = layOut(lanes, new Set(), 5000).lanes[1]?.strips[0]?.height;
    expect([low, high]).toEqual([38, 64]);
  });

  it("fold to one line", () => {
    const { lanes: boxes } = layOut(lanes, new Set(["edge"]), 900);
    expect(boxes[1]).toMatchObject({ key: "edge", folded: true, height: 28, strips: [] });
  });

  it("are found under the pointer", () => {
    const layout = layOut(lanes, new Set(), 900);
    for (const box of layout.lanes) expect(laneAtY(layout, box.top + 1)?.key).toBe(box.key);
    expect(laneAtY(layout, layout.height + 1)).toBeNull();
    expect(laneAtY(layout, -1)).toBeNull();
  });

  it("begin folded when there are many and they tell nothing", () => {
    const many = [
      ...lanes,
      ...Array.from({ length: 10 }, (_, index) => lane(`quiet-${index}`, index, [], 0)),
    ];
    expect(proposedFolds(lanes).size).toBe(0);
    expect([...proposedFolds(many)].every((key) => key.startsWith("quiet"))).toBe(true);
    const folds = new Map([
      ["quiet-1", false],
      ["edge", true],
    ]);
    expect(foldedLanes(many, folds).has("quiet-1")).toBe(false);
    expect(foldedLanes(many, folds).has("edge")).toBe(true);
  });
});
