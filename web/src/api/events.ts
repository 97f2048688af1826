import { queryOptions } from "@tanstack/react-query";
import { client, done, unwrap } from "./client";
import type { CorrelationState, EventChange, EventDraft, TimelineEvent } from "./types";

const at = (event_id: string) => ({ params: { path: { event_id } } });

export const getEvent = (event_id: string, signal?: AbortSignal) =>
  unwrap(client.GET("/api/v1/events/{event_id}", { ...at(event_id), signal: signal ?? null }));

export const addEvent = (incident_id: string, draft: EventDraft): Promise<TimelineEvent> =>
  unwrap(
    client.POST("/api/v1/incidents/{incident_id}/events", { params: { path: { incident_id } }, body: draft }),
  );

export const addEvents = (incident_id: string, events: EventDraft[]) =>
  unwrap(
    client.POST("/api/v1/incidents/{incident_id}/events/batch", {
      params: { path: { incident_id } },
      body: { events },
    }),
  );

export const changeEvent = (event_id: string, change: EventChange): Promise<TimelineEvent> =>
  unwrap(client.PATCH("/api/v1/events/{event_id}", { ...at(event_id), body: change }));

export const deleteEvent = (event_id: string): Promise<void> =>
  done(client.DELETE("/api/v1/events/{event_id}", at(event_id)));

export const restoreEvent = (event_id: string): Promise<TimelineEvent> =>
  unwrap(client.POST("/api/v1/events/{event_id}/restore", at(event_id)));

export const getEventHistory = (event_id: string) =>
  unwrap(client.GET("/api/v1/events/{event_id}/history", at(event_id)));

export const decideCorrelation = (
  event_id: string,
  other_id: string,
  state: CorrelationState,
): Promise<void> =>
  done(
    client.PUT("/api/v1/events/{event_id}/correlations/{other_id}", {
      params: { path: { event_id, other_id } },
      body: { state },
    }),
  );

export const eventQuery = (incident_id: string, event_id: string) =>
  queryOptions({
    queryKey: ["incident", incident_id, "event", event_id],
    queryFn: ({ signal }) => getEvent(event_id, signal),
  });
