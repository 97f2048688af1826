import { describe, expect, it } from "vitest";
import type { FindingState, Hypothesis } from "../../../api";
import { leadingHypothesis } from "./cause";

const ranked = (...states: FindingState[]): Hypothesis[] =>
  states.map((state, index) => ({
    id: `hyp_${index + 1}`,
    rank: index + 1,
    title: "orders: bad deploy",
    service: "orders",
    signal: null,
    fault: null,
    score: 0.9 - index / 10,
    state,
    why: "",
    evidence: [],
    counter_evidence: [],
    against: [],
    not_seen: [],
    version: 1,
  }));

const leads = (...states: FindingState[]) => leadingHypothesis(ranked(...states))?.rank ?? null;

describe("the hypothesis that leads", () => {
  it("is the first one while nobody has said anything", () => expect(leads("open", "open")).toBe(1));
  it("is what people support, wherever it ranks", () => expect(leads("open", "supported")).toBe(2));
  it("is none that people refuted", () => expect(leads("refuted", "open")).toBe(2));
  it("is none where all are refuted", () => expect(leads("refuted", "refuted")).toBeNull());
});
