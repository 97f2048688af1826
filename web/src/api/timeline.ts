import { client, unwrap } from "./client";
import type { Drawing, Page, Series, TimelineEvent } from "./types";

export interface TimelineQuery {
  from?: string;
  to?: string;
  kinds?: string;
  services?: string;
  q?: string;
}

function isDrawing(answer: Page<TimelineEvent> | Drawing): answer is Drawing {
  return "lanes" in answer;
}

/** One page of the ordered events. */
export async function listTimeline(
  incident_id: string,
  query: TimelineQuery & { key?: boolean; order?: "asc" | "desc"; limit?: number; cursor?: string },
  signal?: AbortSignal,
): Promise<Page<TimelineEvent>> {
  const answer = await unwrap(
    client.GET("/api/v1/incidents/{incident_id}/timeline", {
      params: { path: { incident_id }, query },
      signal: signal ?? null,
    }),
  );
  if (isDrawing(answer)) throw new TypeError("a drawing was answered where a page of events was asked for");
  return answer;
}

/** What a window of the timeline looks like at a resolution in microseconds. */
export async function drawTimeline(
  incident_id: string,
  query: TimelineQuery & { resolution: number; lanes?: "service" | "kind" },
  signal?: AbortSignal,
): Promise<Drawing> {
  const answer = await unwrap(
    client.GET("/api/v1/incidents/{incident_id}/timeline", {
      params: { path: { incident_id }, query },
      signal: signal ?? null,
    }),
  );
  if (!isDrawing(answer)) throw new TypeError("a page of events was answered where a drawing was asked for");
  return answer;
}

/** The series of a capture; with `ids` also their points. */
export async function listSeries(
  incident_id: string,
  query: { ids?: string; from?: string; to?: string; points?: number } = {},
  signal?: AbortSignal,
): Promise<Series[]> {
  const answer = await unwrap(
    client.GET("/api/v1/incidents/{incident_id}/series", {
      params: { path: { incident_id }, query },
      signal: signal ?? null,
    }),
  );
  return answer.items;
}
