import { describe, expect, it } from "vitest";
import { foldedLanes, laneShapes, proposedFolds } from "./lanes";
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

describe("lanes of a drawing", () => {
  it("have room for names where a curve keeps them open, so that none is written over the density row", () => {
    const buckets = { t0: new Float64Array(1), t1: new Float64Array(1), n: Uint32Array.from([3]) };
    const shared = {
      depth: 0,
      eventCount: 3,
      ...buckets,
      kind: new Uint8Array(1),
      severity: new Uint8Array(1),
    };
    const span = { start: 0, end: 100 };
    const keys = ["edge", "quiet"];
    const shapes = laneShapes({
      state: { grouping: "service", strips: null, home: span, services: [] },
      overview: {
        ...span,
        resolution: 1,
        lanes: new Map(keys.map((key) => [key, { key, label: key, ...shared, sample: [] }])),
        marks: [],
        total: 6,
        complete: false,
      },
      acts: [],
      series: [{ id: "5xx", service: "edge", kind: "metric", anomalyScore: 1, proposed: true }],
      width: 1000,
      nameWidth: () => 100,
    });
    expect(shapes.map(({ key, rows }) => [key, rows])).toEqual([
      ["edge", 1],
      ["quiet", 0],
    ]);
  });
});

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
    expect([low, high]).toEqual([36, 64]);
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
