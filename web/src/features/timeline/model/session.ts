import { type Drawing as DrawingAnswer, drawTimeline, type Incident, listSeries } from "../../../api";
import { formatInstant } from "../../../lib/time";
import type { AddressState } from "../engine/address";
import { Board } from "../engine/board";
import { type Drawing, type Mark, readDrawing } from "../engine/drawing";
import { POINTS_ASKED, type Points, readPoints } from "../engine/strips";
import { StripPoints } from "../engine/strips-cache";
import { type DrawingFilter, DrawingTiles } from "../engine/tiles";
import type { Span } from "../engine/view";
import { boundsOf, homeOf } from "./window";

/** How many buckets the drawing of the whole window has at most. */
const OVERVIEW_BUCKETS = 512;

export interface KnownMarks {
  marks: () => Mark[];
  /** Keys of the lanes from the top. */
  lanes: () => string[];
}

export interface Session {
  board: Board;
  tiles: DrawingTiles;
  points: StripPoints;
  /** What the board shows now; nothing while the list is shown. */
  known: KnownMarks;
  /** Called when something was loaded. */
  onLoaded: (listener: () => void) => () => void;
  dispose: () => void;
}

const queryOf = ({ services, q }: DrawingFilter) => ({
  ...(services.length > 0 ? { services: services.join() } : {}),
  ...(q ? { q } : {}),
});

/** One incident's board with its sources; lives as long as the page shows the incident. */
export function openSession(incident: Incident, extent: Span | null, address: AddressState): Session {
  const bounds = boundsOf(incident, extent);
  const listeners = new Set<() => void>();
  const loaded = () => {
    for (const listener of listeners) listener();
  };
  const tiles = new DrawingTiles(async (request, signal) => {
    const answer = await drawTimeline(
      incident.id,
      {
        from: formatInstant(request.start),
        to: formatInstant(request.end),
        resolution: request.resolution,
        lanes: request.grouping,
        ...queryOf(request),
      },
      signal,
    );
    return within(request, readDrawing(answer));
  }, loaded);
  const points = new StripPoints((ids, span, signal) => fetchPoints(incident.id, ids, span, signal), loaded);
  return {
    board: new Board(bounds, homeOf(incident, bounds), address),
    tiles,
    points,
    known: { marks: () => [], lanes: () => [] },
    onLoaded: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      tiles.dispose();
      points.dispose();
    },
  };
}

/** A window counts as what was asked for: the server may answer the narrower one that holds its events. */
const within = (span: Span, drawing: Drawing): Drawing => ({ ...drawing, start: span.start, end: span.end });

export function overviewResolution(bounds: Span): number {
  return 2 ** Math.ceil(Math.log2(Math.max((bounds.end - bounds.start) / OVERVIEW_BUCKETS, 1)));
}

export async function fetchOverview(
  incident_id: string,
  bounds: Span,
  filter: DrawingFilter,
  signal: AbortSignal,
): Promise<Drawing> {
  const answer: DrawingAnswer = await drawTimeline(
    incident_id,
    {
      from: formatInstant(bounds.start),
      to: formatInstant(bounds.end),
      resolution: overviewResolution(bounds),
      lanes: filter.grouping,
      ...queryOf(filter),
    },
    signal,
  );
  return within(bounds, readDrawing(answer));
}

async function fetchPoints(
  incident_id: string,
  ids: readonly string[],
  span: Span,
  signal: AbortSignal,
): Promise<Map<string, Points>> {
  const items = await listSeries(
    incident_id,
    { ids: ids.join(), from: formatInstant(span.start), to: formatInstant(span.end), points: POINTS_ASKED },
    signal,
  );
  return new Map(items.map(({ id, t = [], v = [] }) => [id, readPoints(span, t, v)]));
}
