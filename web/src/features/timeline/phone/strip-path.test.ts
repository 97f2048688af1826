import { describe, expect, it } from "vitest";
import type { Series } from "../../../api";
import { smallCurve } from "./strip-path";

const series = (t: number[], v: (number | null)[]): Series => ({
  id: "ser_1",
  service: "gateway",
  metric: "errors",
  unit: "ratio",
  kind: "trace",
  instance: null,
  labels: null,
  point_count: t.length,
  min: 0,
  max: 1,
  anomaly_score: 1,
  anomalies: [],
  baseline: null,
  shown: true,
  t,
  v,
});

describe("the curve on a phone", () => {
  it("does not bridge what was not measured", () => {
    const curve = series([0, 10, 20, 30, 80, 90, 100], [0, 0, 1, 1, 1, 0, 0]);
    const { path, holes } = smallCurve({ series: curve, rate: null }, { start: 0, end: 100 }, 100, 46);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(holes).toEqual([{ x: 30, width: 50, quiet: false }]);
  });
});
