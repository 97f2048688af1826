import { queryOptions } from "@tanstack/react-query";
import { client, done, unwrap } from "./client";
import type { FindingState } from "./types";

export const getAnalysis = (incident_id: string, signal?: AbortSignal) =>
  unwrap(
    client.GET("/api/v1/incidents/{incident_id}/analysis", {
      params: { path: { incident_id }, query: { timeline: "none" } },
      signal: signal ?? null,
    }),
  );

export const rerunAnalysis = (incident_id: string): Promise<void> =>
  done(client.POST("/api/v1/incidents/{incident_id}/analysis", { params: { path: { incident_id } } }));

export const decideFinding = (finding_id: string, state: FindingState, version: number): Promise<void> =>
  done(
    client.PATCH("/api/v1/findings/{finding_id}", {
      params: { path: { finding_id } },
      body: { state, version },
    }),
  );

/** The texts follow the language, so the language is part of the key. */
export const analysisQuery = (incident_id: string, language: string) =>
  queryOptions({
    queryKey: ["incident", incident_id, "analysis", language],
    queryFn: ({ signal }) => getAnalysis(incident_id, signal),
  });
