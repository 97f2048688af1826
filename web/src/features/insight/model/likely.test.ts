import { expect, test } from "vitest";
import type { Hypothesis } from "../../../api";
import { byLikelihood } from "./likely";

const hypothesis = (rank: number, score: number, state: Hypothesis["state"] = "open"): Hypothesis => ({
  id: `fnd_${rank}`,
  rank,
  title: `cause ${rank}`,
  why: "",
  service: "orders",
  signal: null,
  fault: null,
  score,
  state,
  evidence: [],
  counter_evidence: [],
  against: [],
  not_seen: [],
  version: 1,
});

test("what is hardly likely gives way, unless it is first or a person spoke of it", () => {
  const ranks = (all: Hypothesis[]) => byLikelihood(all).likely.map(({ rank }) => rank);
  expect(ranks([hypothesis(1, 0.86), hypothesis(2, 0.13), hypothesis(3, 0.01)])).toEqual([1, 2]);
  expect(ranks([hypothesis(1, 0.02), hypothesis(2, 0.01)])).toEqual([1]);
  expect(ranks([hypothesis(1, 0.9), hypothesis(2, 0.01, "supported"), hypothesis(3, 0, "refuted")])).toEqual([
    1, 2, 3,
  ]);
  expect(byLikelihood([hypothesis(1, 0.9), hypothesis(2, 0.049)]).unlikely).toHaveLength(1);
});
