import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client, done, unwrap } from "./client";
import type { Access, Incident, IncidentChange, IncidentDraft, IncidentRole, Page } from "./types";

export interface IncidentQuery {
  q?: string;
  severity?: string;
  status?: string;
  service?: string;
  from?: string;
  to?: string;
}

export const listIncidents = (
  query: IncidentQuery & { cursor?: string; limit?: number },
  signal?: AbortSignal,
): Promise<Page<Incident>> =>
  unwrap(client.GET("/api/v1/incidents", { params: { query }, signal: signal ?? null }));

export const getIncident = (incident_id: string, signal?: AbortSignal): Promise<Incident> =>
  unwrap(
    client.GET("/api/v1/incidents/{incident_id}", {
      params: { path: { incident_id } },
      signal: signal ?? null,
    }),
  );

export const createIncident = (draft: IncidentDraft): Promise<Incident> =>
  unwrap(client.POST("/api/v1/incidents", { body: draft }));

export const changeIncident = (incident_id: string, change: IncidentChange): Promise<Incident> =>
  unwrap(
    client.PATCH("/api/v1/incidents/{incident_id}", { params: { path: { incident_id } }, body: change }),
  );

export const deleteIncident = (incident_id: string): Promise<void> =>
  done(client.DELETE("/api/v1/incidents/{incident_id}", { params: { path: { incident_id } } }));

export const setIncidentMember = (incident_id: string, person_id: string, access: Access): Promise<void> =>
  done(
    client.PUT("/api/v1/incidents/{incident_id}/members/{person_id}", {
      params: { path: { incident_id, person_id } },
      body: { access },
    }),
  );

export const removeIncidentMember = (incident_id: string, person_id: string): Promise<void> =>
  done(
    client.DELETE("/api/v1/incidents/{incident_id}/members/{person_id}", {
      params: { path: { incident_id, person_id } },
    }),
  );

export const setIncidentRole = (incident_id: string, role: IncidentRole, person_id: string): Promise<void> =>
  done(
    client.PUT("/api/v1/incidents/{incident_id}/roles/{role}", {
      params: { path: { incident_id, role } },
      body: { person_id },
    }),
  );

export const removeIncidentRole = (incident_id: string, role: IncidentRole): Promise<void> =>
  done(
    client.DELETE("/api/v1/incidents/{incident_id}/roles/{role}", {
      params: { path: { incident_id, role } },
    }),
  );

export const incidentsQuery = (query: IncidentQuery) =>
  infiniteQueryOptions({
    queryKey: ["incidents", query],
    queryFn: ({ pageParam, signal }) =>
      listIncidents({ ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (page: Page<Incident>) => page.next_cursor ?? undefined,
  });

export const incidentQuery = (incident_id: string) =>
  queryOptions({
    queryKey: ["incident", incident_id],
    queryFn: ({ signal }) => getIncident(incident_id, signal),
  });
