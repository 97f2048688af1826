import { expect, test } from "vitest";
import { suspectOf } from "./suspect";
import type { Hypothesis } from "./types";

const hypothesis = (rank: number, state: Hypothesis["state"]): Hypothesis => ({
  id: `fnd_${rank}`,
  rank,
  title: `cause ${rank}`,
  why: "",
  service: "orders",
  signal: null,
  fault: null,
  score: 1 / rank,
  state,
  evidence: [],
  counter_evidence: [],
  not_seen: [],
  version: 1,
});

test("what people decided goes before what was computed", () => {
  expect(suspectOf([hypothesis(2, "open"), hypothesis(1, "open")])?.rank).toBe(1);
  expect(suspectOf([hypothesis(1, "refuted"), hypothesis(2, "open")])?.rank).toBe(2);
  expect(suspectOf([hypothesis(1, "open"), hypothesis(3, "supported")])?.rank).toBe(3);
  expect(suspectOf([hypothesis(1, "refuted")])).toBeNull();
});
