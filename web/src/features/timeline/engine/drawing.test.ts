import { describe, expect, it } from "vitest";
import type { Drawing as DrawingAnswer } from "../../../api";
import { readDrawing } from "./drawing";

const answer: DrawingAnswer = {
  from: 1_000_003,
  to: 9_000_000,
  resolution: 1024,
  unit: 16,
  lanes: [
    {
      key: "cart",
      label: "cart",
      depth: 1,
      event_count: 4,
      gap: [0, 64, 640],
      span: [0, 3, 0],
      n: [1, 2, 1],
      kind: [1, 1, 5],
      severity: [0, 4, 1],
      sample: [1, 0, 2],
    },
  ],
  kinds: ["metric", "log", "trace", "user_action", "system_event", "note"],
  ids: ["evt_1", "evt_2"],
  marks: {
    lane: [0, 0],
    kind: [1, 4],
    type: [null, "alert_resolved"],
    gap: [7, 11_000],
    length: [null, 500],
    title: ["refused", "rolled back"],
    title_zh: ["被拒绝", null],
    signal: [null, null],
    severity: [0, 1],
    key: [1],
    starred: [0],
  },
  total: 4,
  revision: 9,
};

describe("a drawing", () => {
  it("gives each bucket its time, never before the window begins", () => {
    const lane = readDrawing(answer).lanes.get("cart");
    expect(Array.from(lane?.t0 ?? [])).toEqual([1_000_003, 1_001_024, 1_011_264]);
    expect(Array.from(lane?.t1 ?? [])).toEqual([1_000_003, 1_001_072, 1_011_264]);
    expect(lane?.sample).toEqual(["evt_1", "", "evt_2"]);
  });

  it("gives each mark its lane, its times and its words", () => {
    expect(readDrawing(answer).marks).toEqual([
      {
        id: "evt_1",
        kind: "log",
        alert: null,
        lane: "cart",
        at: 1_000_010,
        end: null,
        title: "refused",
        severity: 0,
        key: false,
        starred: true,
      },
      {
        id: "evt_2",
        kind: "system_event",
        alert: "over",
        lane: "cart",
        at: 1_011_010,
        end: 1_011_510,
        title: "rolled back",
        severity: 1,
        key: true,
        starred: false,
      },
    ]);
  });
});
