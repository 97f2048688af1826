import { createContext, useContext } from "react";
import type { FindingState, Incident } from "../../../api";
import type { Clock } from "../../../lib/time";
import type { AddressState } from "../../timeline";

export interface Insight {
  incident: Incident;
  clock: Clock;
  decide: (id: string, state: FindingState, version: number) => void;
  onShow: (change: Partial<AddressState>) => void;
  mayEdit: boolean;
}

export const InsightContext = createContext<Insight | null>(null);

export function useInsight(): Insight {
  const insight = useContext(InsightContext);
  if (!insight) throw new Error("a part of the insight was used outside of it");
  return insight;
}
