import { RESPONSE_LANE } from "./drawing";
import { ROW_PX } from "./packing";

export interface LaneShape {
  key: string;
  depth: number;
  eventCount: number;
  /** Rows that its names need at the first look; 0 where it has nothing to name. */
  rows: number;
  /** Ids of the series drawn as strips, from the top. */
  strips: readonly string[];
}

export interface LaneBox {
  key: string;
  top: number;
  height: number;
  /** Where rows of names, density row and strips begin, from the top of the board. */
  namesTop: number;
  rows: number;
  densityTop: number;
  densityHeight: number;
  strips: readonly StripBox[];
  folded: boolean;
}

export interface StripBox {
  id: string;
  top: number;
  height: number;
}

export interface Layout {
  lanes: readonly LaneBox[];
  height: number;
}

const PAD_PX = 5;
const DENSITY_PX = 16;
const FOLDED_PX = 28;
const STRIP_PX = 44;
const STRIP_MOST_PX = 64;
const STRIP_LEAST_PX = 36;
/** Up to here each act of a person is named. */
export const NAMED_ACTS = 40;
/** A name of a lane and its count need this much. */
const LEAST_PX = 44;

/** People's acts first, then in call order, what belongs to no service last. */
export function laneOrder(one: LaneShape, other: LaneShape): number {
  const group = (lane: LaneShape) => (lane.key === RESPONSE_LANE ? 0 : lane.key === "" ? 2 : 1);
  return group(one) - group(other) || one.depth - other.depth;
}

/** Lays the lanes under each other. Room that is left over goes to the strips, up to a limit. */
export function layOut(lanes: readonly LaneShape[], folded: ReadonlySet<string>, viewport: number): Layout {
  const ordered = [...lanes].sort(laneOrder);
  const stripCount = ordered.reduce((sum, lane) => sum + (folded.has(lane.key) ? 0 : lane.strips.length), 0);
  const fixed = ordered.reduce((sum, lane) => sum + heightOf(lane, folded.has(lane.key), 0), 0);
  const spare = stripCount > 0 ? (viewport - fixed) / stripCount : STRIP_PX;
  const stripHeight = Math.floor(Math.min(Math.max(spare, STRIP_LEAST_PX), STRIP_MOST_PX));
  let top = 0;
  const boxes = ordered.map((lane) => {
    const box = boxOf(lane, folded.has(lane.key), stripHeight, top);
    top += box.height;
    return box;
  });
  return { lanes: boxes, height: top };
}

/** A few acts of people are all named; then a density row would only repeat them. */
const hasDensity = (lane: LaneShape): boolean => lane.key !== RESPONSE_LANE || lane.eventCount > NAMED_ACTS;

function heightOf(lane: LaneShape, folded: boolean, stripHeight: number): number {
  if (folded) return FOLDED_PX;
  const names = lane.rows > 0 ? lane.rows * ROW_PX + PAD_PX : 0;
  const density = hasDensity(lane) ? DENSITY_PX + PAD_PX : PAD_PX;
  return Math.max(PAD_PX + names + density + lane.strips.length * stripHeight, LEAST_PX);
}

function boxOf(lane: LaneShape, folded: boolean, stripHeight: number, top: number): LaneBox {
  const height = heightOf(lane, folded, stripHeight);
  if (folded) {
    const densityTop = top + (FOLDED_PX - DENSITY_PX) / 2;
    const shared = { key: lane.key, top, height, rows: 1, strips: [], folded: true };
    return { ...shared, namesTop: top + 3, densityTop, densityHeight: DENSITY_PX };
  }
  const namesTop = top + PAD_PX;
  const strips = lane.strips.map((id, index) => ({
    id,
    top: top + height - (lane.strips.length - index) * stripHeight,
    height: stripHeight,
  }));
  const stripsTop = strips[0]?.top ?? top + height;
  return {
    key: lane.key,
    top,
    height,
    namesTop,
    rows: lane.rows,
    densityTop: stripsTop - DENSITY_PX - 2,
    densityHeight: hasDensity(lane) ? DENSITY_PX : 0,
    strips,
    folded: false,
  };
}

export function laneAtY(layout: Layout, y: number): LaneBox | null {
  let low = 0;
  let high = layout.lanes.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const lane = layout.lanes[middle];
    if (!lane) return null;
    if (y < lane.top) high = middle - 1;
    else if (y >= lane.top + lane.height) low = middle + 1;
    else return lane;
  }
  return null;
}
