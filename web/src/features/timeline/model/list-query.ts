import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { listTimeline, type Page, type TimelineEvent } from "../../../api";
import { formatInstant } from "../../../lib/time";
import type { BoardState } from "../engine/board";
import { KINDS } from "../engine/kinds";

type Filter = Pick<BoardState, "view" | "hiddenKinds" | "services" | "q">;

/** The events of the view in order of time, page by page. */
export const listQuery = (incident_id: string, { view, hiddenKinds, services, q }: Filter, limit = 200) =>
  infiniteQueryOptions({
    queryKey: ["incident", incident_id, "list", view, hiddenKinds, services, q, limit],
    queryFn: ({ pageParam, signal }) => {
      const kinds = KINDS.filter((kind) => !hiddenKinds.includes(kind));
      return listTimeline(
        incident_id,
        {
          from: formatInstant(view.start),
          to: formatInstant(view.end),
          ...(hiddenKinds.length > 0 ? { kinds: kinds.join() } : {}),
          ...(services.length > 0 ? { services: services.join() } : {}),
          ...(q ? { q } : {}),
          order: "asc",
          limit,
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      );
    },
    initialPageParam: "",
    getNextPageParam: (page: Page<TimelineEvent>) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
