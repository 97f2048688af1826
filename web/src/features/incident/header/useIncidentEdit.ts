import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeIncident, type Incident, type IncidentChange, incidentQuery } from "../../../api";

/** For these a `null` would mean that they stay; they are left out instead. */
type Filled = "title" | "severity" | "status" | "services" | "visibility";

export type Change = Omit<IncidentChange, "version" | Filled> & Partial<Pick<Incident, Filled>>;

export interface IncidentEdit {
  change: (change: Change) => void;
  state: "saved" | "saving" | "refused";
  error: Error | null;
  mayEdit: boolean;
}

function applied(incident: Incident, { confirm = [], ...fields }: Change): Incident {
  const clocks = { ...incident.clocks };
  for (const clock of confirm) {
    const source = clocks[clock];
    if (source) clocks[clock] = { ...source, confirmed: true };
  }
  return { ...incident, ...fields, clocks };
}

/** Edits show at once; what the server refuses goes back, and the head says so. */
export function useIncidentEdit(incident: Incident): IncidentEdit {
  const queries = useQueryClient();
  const { queryKey } = incidentQuery(incident.id);
  const mutation = useMutation({
    // One after the other: each carries the version that the one before gave back.
    scope: { id: `incident-${incident.id}` },
    mutationFn: (change: Change) => {
      const { version } = queries.getQueryData(queryKey) ?? incident;
      return changeIncident(incident.id, { ...change, version });
    },
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey, exact: true });
      const before = queries.getQueryData(queryKey);
      if (before) queries.setQueryData(queryKey, applied(before, change));
      return before;
    },
    onError: (_error, _change, before) => {
      queries.setQueryData(queryKey, before);
      void queries.invalidateQueries({ queryKey, exact: true });
    },
    onSuccess: (saved) => {
      queries.setQueryData(queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["incidents"] });
    },
  });
  return {
    change: mutation.mutate,
    state: mutation.isPending ? "saving" : mutation.isError ? "refused" : "saved",
    error: mutation.error,
    mayEdit: incident.access === "editor" || incident.access === "owner",
  };
}
