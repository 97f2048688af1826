import type { Hypothesis } from "../../../api";

/** Scores are calibrated: of twenty causes that score less than this, not even one is the true one. */
export const HARDLY = 0.05;

/** Those worth a card of their own, and those that are kept behind a line until someone asks. */
export function byLikelihood(ranked: readonly Hypothesis[]): {
  likely: Hypothesis[];
  unlikely: Hypothesis[];
} {
  const isLikely = ({ score, state, rank }: Hypothesis) => rank === 1 || score >= HARDLY || state !== "open";
  return { likely: ranked.filter(isLikely), unlikely: ranked.filter((each) => !isLikely(each)) };
}
