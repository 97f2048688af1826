import type { Incident } from "../src/api";
import type { TimelineActions } from "../src/features/timeline/model/context";

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
