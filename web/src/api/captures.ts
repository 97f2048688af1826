import { queryOptions } from "@tanstack/react-query";
import { client, idempotencyKey, unwrap } from "./client";
import { ApiError, errorOf, unreachable } from "./error";
import type { CaptureTable, Incident } from "./types";

export const getCapture = (incident_id: string, signal?: AbortSignal) =>
  unwrap(
    client.GET("/api/v1/incidents/{incident_id}/capture", {
      params: { path: { incident_id } },
      signal: signal ?? null,
    }),
  );

export const getCaptureRows = (
  incident_id: string,
  query: { table: CaptureTable; from_row?: number; limit?: number },
  signal?: AbortSignal,
) =>
  unwrap(
    client.GET("/api/v1/incidents/{incident_id}/capture/rows", {
      params: { path: { incident_id }, query },
      signal: signal ?? null,
    }),
  );

const TABLES: readonly CaptureTable[] = ["metrics", "logs", "traces", "events"];

/** The table that a file of the evidence holds; null where it is read whole, such as the header. */
export const tableOf = (file: string): CaptureTable | null =>
  TABLES.find((table) => file.startsWith(`${table}.`)) ?? null;

/** Where a browser downloads one file of the evidence. */
export const captureFileUrl = (incident_id: string, name: string): string =>
  `/api/v1/incidents/${encodeURIComponent(incident_id)}/capture/files/${encodeURIComponent(name)}`;

export const captureQuery = (incident_id: string) =>
  queryOptions({
    queryKey: ["incident", incident_id, "capture"],
    queryFn: ({ signal }) => getCapture(incident_id, signal),
  });

/** The server refuses larger bodies; saying so before sending spares the wait. */
export const IMPORT_LIMIT_BYTES = 256 * 1024 * 1024;

interface Upload {
  /** How much of the file has left this device, 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a capture archive. XMLHttpRequest, because fetch cannot report how much has been sent. */
export function importCapture(file: Blob, { onProgress, signal }: Upload): Promise<Incident> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/incidents/import");
    request.setRequestHeader("Content-Type", "application/zip");
    request.setRequestHeader("Idempotency-Key", idempotencyKey());
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => reject(unreachable(undefined));
    request.onabort = () => reject(new DOMException("the import was cancelled", "AbortError"));
    request.onload = () => {
      const body: { incident?: Incident } | null = request.response;
      if (request.status >= 200 && request.status < 300 && body?.incident) resolve(body.incident);
      else if (request.status >= 400) reject(errorOf(responseOf(request), body));
      else reject(new ApiError(request.status, "empty_answer", "", undefined));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  const requestId = request.getResponseHeader("x-request-id");
  if (requestId) headers.set("x-request-id", requestId);
  return new Response(null, { status: request.status, headers });
}
