import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import {
  eventQuery,
  type Incident,
  listSeries,
  listTimeline,
  live,
  type Series,
  type TimelineEvent,
} from "../../../api";
import { drawnRelations } from "../engine/arcs";
import { type Board, type BoardState, drawingFilter } from "../engine/board";
import type { Drawing } from "../engine/drawing";
import { inReadersLanguage } from "../engine/words";
import { type Cause, useCause } from "./cause";
import { fetchOverview, type Session } from "./session";
import { leadingSignal } from "./strip-series";

const NO_SERIES: readonly Series[] = [];
const NO_ACTS: readonly TimelineEvent[] = [];
const MOST_ACTS = 200;
const NO_EVENTS: ReadonlyMap<string, TimelineEvent> = new Map();

export interface TimelineData {
  overview: Drawing | null;
  overviewError: unknown;
  series: readonly Series[];
  event: TimelineEvent | null;
  eventError: unknown;
  related: ReadonlyMap<string, TimelineEvent>;
  /** What people did and noted: few, and always shown. */
  acts: readonly TimelineEvent[];
  cause: Cause | null;
  /** The curve that tells the incident, with its points over the whole window. */
  signal: Series | null;
}

/** Part by part: the view moves with every frame of a zoom, and what is loaded here does not depend on it. */
function usePart<Part>(board: Board, part: (state: BoardState) => Part): Part {
  return useSyncExternalStore(board.subscribe, () => part(board.get()));
}

/** Loads what the board shows beside its tiles: the whole window at a glance, the series, the selected event. */
export function useTimelineData(incident: Incident, session: Session): TimelineData {
  const { board, tiles } = session;
  const bounds = usePart(board, (state) => state.bounds);
  const selected = usePart(board, (state) => state.selected);
  const grouping = usePart(board, (state) => state.grouping);
  const services = usePart(board, (state) => state.services);
  const q = usePart(board, (state) => state.q);
  const filter = drawingFilter({ grouping, services, q });
  const overview = useQuery({
    queryKey: ["incident", incident.id, "overview", filter, bounds],
    queryFn: ({ signal }) => fetchOverview(incident.id, bounds, filter, signal),
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (overview.data && !overview.isPlaceholderData) tiles.put(filter, overview.data);
  });

  const series = useQuery({
    queryKey: ["incident", incident.id, "series"],
    queryFn: ({ signal }) => listSeries(incident.id, {}, signal),
    enabled: incident.capture !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const leading = leadingSignal(series.data ?? NO_SERIES, incident.entry_service);
  const signal = useQuery({
    queryKey: ["incident", incident.id, "signal", leading?.id],
    queryFn: async ({ signal }) =>
      (await listSeries(incident.id, { ids: leading?.id ?? "", points: 400 }, signal))[0] ?? null,
    enabled: leading !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const acts = useQuery({
    queryKey: ["incident", incident.id, "acts"],
    queryFn: async ({ signal }) => {
      const page = await listTimeline(incident.id, { kinds: "user_action,note", limit: MOST_ACTS }, signal);
      return page.items.filter(({ author }) => author !== null);
    },
  });

  const event = useQuery({
    ...eventQuery(incident.id, selected ?? ""),
    enabled: selected !== null,
  });
  const told = useMemo(() => (event.data ? inReadersLanguage(event.data) : null), [event.data]);
  const correlations = event.data?.correlations ?? [];
  const relatedIds = drawnRelations(correlations).map(({ id }) => id);
  const related = useQueries({
    queries: relatedIds.map((id) => eventQuery(incident.id, id)),
    combine: (answers) => answers.flatMap(({ data }) => (data ? [inReadersLanguage(data)] : [])),
  });
  const relatedById = useMemo(
    () => (related.length > 0 ? new Map(related.map((each) => [each.id, each])) : NO_EVENTS),
    [related],
  );
  const cause = useCause(incident);
  return {
    overview: overview.data ?? null,
    overviewError: overview.error,
    series: series.data ?? NO_SERIES,
    event: selected === null ? null : told,
    eventError: event.error,
    related: relatedById,
    acts: acts.data ?? NO_ACTS,
    cause,
    signal: signal.data ?? null,
  };
}

/** Changes by others arrive without moving the view. */
export function useLiveTimeline(incident: Incident, refresh: () => void): void {
  useEffect(() => {
    const stop = live.onChange((changes) => {
      if (changes.some(({ incident_id, noun }) => incident_id === incident.id && noun !== "person"))
        refresh();
    });
    const stopReset = live.onReset(refresh);
    return () => {
      stop();
      stopReset();
    };
  }, [incident.id, refresh]);
}
