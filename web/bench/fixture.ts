import type { Incident, Series } from "../src/api";
import type { Span } from "../src/features/timeline/engine/view";
import type { TimelineActions } from "../src/features/timeline/model/context";

const CURVES = 6;
const POINTS = 900;

/** As many curves as the server proposes, each unusual for an hour. */
export function curvesOf({ start, end }: Span): Series[] {
  const middle = (start + end) / 2;
  const rfc = (at: number) => new Date(at / 1000).toISOString();
  const anomaly = { start: rfc(middle - 1.8e9), end: rfc(middle + 1.8e9), score: 0.9, type: "level_shift" };
  return Array.from({ length: CURVES }, (_, index) => ({
    id: `curve-${index}`,
    service: `lane ${index}`,
    metric: "latency",
    kind: "metric",
    point_count: POINTS,
    min: 0,
    max: 40,
    anomaly_score: 0.9,
    anomalies: [{ ...anomaly, id: `anomaly-${index}` }],
    shown: true,
    baseline: { low: 4, high: 12 },
    instance: null,
    labels: null,
    unit: "ms",
  }));
}

/** As many points as the server gives of a window, each on a grid of its own zoom. */
export function pointsOf({ start, end }: Span): [number[], number[]] {
  const step = (end - start) / POINTS;
  const times = Array.from({ length: POINTS }, (_, index) => Math.round(start + index * step));
  return [times, times.map((at) => 20 + 12 * Math.sin(at / 9e8) + 7 * Math.sin(at / 1.3e7))];
}

const nothing = () => undefined;

export const noActions: TimelineActions = {
  star: nothing,
  remove: nothing,
  decide: nothing,
  goTo: nothing,
  stepInLane: nothing,
  stepAcrossLanes: nothing,
  stepStory: nothing,
  edit: nothing,
  refresh: nothing,
};

export const INCIDENT: Incident = {
  id: "inc_measured",
  number: 1,
  title: "Measured",
  severity: "sev3",
  status: "resolved",
  services: [],
  visibility: "public",
  started_at: null,
  detected_at: null,
  mitigated_at: null,
  resolved_at: null,
  clocks: { started_at: null, detected_at: null, mitigated_at: null, resolved_at: null },
  roles: [],
  impact: null,
  entry_service: null,
  timezone: "UTC",
  window: null,
  example: false,
  capture: null,
  spark: null,
  suspect: null,
  counts: { events: 0, key_events: 0, anomalies: 0, patterns: 0, hypotheses: 0 },
  analysis_state: "none",
  access: "viewer",
  version: 1,
  created_at: "2026-11-22T00:00:00.000000Z",
  updated_at: "2026-11-22T00:00:00.000000Z",
};
