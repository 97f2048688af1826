import { expect, test } from "vitest";
import type { Series } from "../../../api";
import { rateOf } from "./strip-series";

const series = (metric: string, unit: string, kind: Series["kind"], service = "orders"): Series => ({
  id: `${service} ${metric}`,
  service,
  metric,
  unit,
  kind,
  instance: null,
  labels: null,
  point_count: 0,
  min: 0,
  max: 1,
  anomaly_score: 0,
  anomalies: [],
  baseline: null,
  shown: false,
});

const ALL = [
  series("POST /orders errors", "ratio", "trace"),
  series("POST /orders rate", "/s", "trace"),
  series("GET /orders rate", "/s", "trace"),
  series("http_error_ratio", "ratio", "metric"),
  series("http_requests_per_second", "/s", "metric"),
  series("http_requests_per_second", "/s", "metric", "edge"),
  series("db_rollbacks_per_second", "/s", "metric"),
  series("db_pool_in_use", "connections", "metric"),
];

test("a share is measured against the calls of the same operation, or the requests of the same service", () => {
  const rate = (place: number) => (ALL[place] ? rateOf(ALL[place], ALL)?.id : undefined);
  expect(rate(0)).toBe("orders POST /orders rate");
  expect(rate(3)).toBe("orders http_requests_per_second");
  expect(rate(1)).toBeUndefined();
  expect(rate(7)).toBeUndefined();
});
