import type { Hypothesis } from "./types";

/** What people support, else what ranks first of what they have not refuted. */
export function suspectOf(hypotheses: readonly Hypothesis[]): Hypothesis | null {
  const ranked = [...hypotheses].sort((one, other) => one.rank - other.rank);
  return (
    ranked.find(({ state }) => state === "supported") ?? ranked.find(({ state }) => state === "open") ?? null
  );
}
