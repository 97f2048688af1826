import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "./client";

/** Incidents and events by title, for the palette. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/search", { params: { query: { q } }, signal })),
    enabled: q.trim().length >= 2,
    staleTime: 10_000,
  });
