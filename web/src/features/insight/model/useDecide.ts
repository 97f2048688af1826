import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type Analysis, decideFinding, type FindingState } from "../../../api";

interface Decision {
  id: string;
  state: FindingState;
  version: number;
}

const decided = <Finding extends { id: string; state: FindingState }>(
  findings: Finding[],
  { id, state }: Decision,
): Finding[] => findings.map((finding) => (finding.id === id ? { ...finding, state } : finding));

/** A person's word on a finding: shown at once, taken back when refused. */
export function useDecide(incident_id: string): (id: string, state: FindingState, version: number) => void {
  const queries = useQueryClient();
  const queryKey = ["incident", incident_id, "analysis"];
  const { mutate } = useMutation({
    mutationFn: ({ id, state, version }: Decision) => decideFinding(id, state, version),
    onMutate: async (decision) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueriesData<Analysis>({ queryKey }, (analysis) =>
        analysis
          ? {
              ...analysis,
              anomalies: decided(analysis.anomalies, decision),
              patterns: decided(analysis.patterns, decision),
              hypotheses: decided(analysis.hypotheses, decision),
            }
          : analysis,
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return useCallback((id, state, version) => mutate({ id, state, version }), [mutate]);
}
