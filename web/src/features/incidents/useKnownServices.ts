import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import type { Incident, Page } from "../../api";

/** The services of all incidents that were listed since the page was opened. */
export function useKnownServices(): string[] {
  const lists = useQueryClient().getQueriesData<InfiniteData<Page<Incident>> | Page<Incident>>({
    queryKey: ["incidents"],
  });
  const pages = lists.flatMap(([, data]) => (data ? ("pages" in data ? data.pages : [data]) : []));
  return [...new Set(pages.flatMap((page) => page.items.flatMap((incident) => incident.services)))].sort();
}
