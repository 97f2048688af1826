import type { BoardState } from "./board";
import type { Drawing, Mark } from "./drawing";
import { groupBy } from "./group-by";
import type { LaneShape } from "./layout";
import { rowsOfLane } from "./scene";

/** A series that can be drawn as a strip. */
export interface StripChoice {
  id: string;
  service: string;
  kind: "metric" | "log" | "trace";
  anomalyScore: number;
  proposed: boolean;
}

const STRIPS_PER_LANE = 2;
/** Up to here every lane is open; beyond, those without a story begin folded. */
const OPEN_LANES = 7;
const UNKNOWN_DEPTH = 1000;

/** The strips to draw: the reader's choice, else the proposed ones, the most telling first. */
export function chosenStrips(
  series: readonly StripChoice[],
  chosen: readonly string[] | null,
): StripChoice[] {
  if (chosen) return series.filter(({ id }) => chosen.includes(id));
  const taken = new Map<string, number>();
  return [...series]
    .filter(({ proposed }) => proposed)
    .sort((one, other) => other.anomalyScore - one.anomalyScore)
    .filter(({ service }) => {
      const count = taken.get(service) ?? 0;
      taken.set(service, count + 1);
      return count < STRIPS_PER_LANE;
    });
}

interface LaneInput {
  state: Pick<BoardState, "grouping" | "strips" | "home" | "services">;
  overview: Drawing | null;
  /** Marks beyond those of the overview that need rows for their names. */
  acts: readonly Mark[];
  series: readonly StripChoice[];
  width: number;
  nameWidth: (text: string) => number;
}

/** The lanes of the board: those with events, and those of services whose curves are shown. */
export function laneShapes({ state, overview, acts, series, width, nameWidth }: LaneInput): LaneShape[] {
  const strips = chosenStrips(series, state.strips);
  const laneOfSeries = (choice: StripChoice) => (state.grouping === "kind" ? choice.kind : choice.service);
  const byLane = groupBy(strips, laneOfSeries);
  const marks = [...new Map([...(overview?.marks ?? []), ...acts].map((mark) => [mark.id, mark])).values()];
  const shapes = [...(overview?.lanes.values() ?? [])]
    .filter((lane) => lane.eventCount > 0 || byLane.has(lane.key))
    .map((lane): LaneShape => {
      const shown = (byLane.get(lane.key) ?? []).map(({ id }) => id);
      const rows = rowsOfLane(lane.key, marks, state.home, width, nameWidth);
      return {
        key: lane.key,
        depth: lane.depth,
        eventCount: lane.eventCount,
        // A lane that is open for its curve has room for names too: none is written over the density row.
        rows: shown.length > 0 && lane.eventCount > 0 ? Math.max(rows, 1) : rows,
        strips: shown,
      };
    });
  const known = new Set(shapes.map(({ key }) => key));
  const wanted = (key: string) => state.services.length === 0 || state.services.includes(key);
  for (const [key, choices] of byLane) {
    if (known.has(key) || (state.grouping === "service" && !wanted(key))) continue;
    shapes.push({ key, depth: UNKNOWN_DEPTH, eventCount: 0, rows: 0, strips: choices.map(({ id }) => id) });
  }
  return shapes;
}

/** Lanes that begin folded: with many lanes, those that name nothing and show no curve. */
export function proposedFolds(lanes: readonly LaneShape[]): Set<string> {
  if (lanes.length <= OPEN_LANES) return new Set();
  return new Set(lanes.filter(({ rows, strips }) => rows === 0 && strips.length === 0).map(({ key }) => key));
}

export function foldedLanes(lanes: readonly LaneShape[], folds: ReadonlyMap<string, boolean>): Set<string> {
  const folded = proposedFolds(lanes);
  for (const [key, fold] of folds) {
    if (fold) folded.add(key);
    else folded.delete(key);
  }
  return folded;
}
