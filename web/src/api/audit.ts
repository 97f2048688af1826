import { infiniteQueryOptions } from "@tanstack/react-query";
import { client, unwrap } from "./client";
import type { AuditEntry, Page } from "./types";

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      client.GET("/api/v1/audit", {
        params: { query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: (page: Page<AuditEntry>) => page.next_cursor ?? undefined,
});
