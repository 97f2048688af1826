import type { Micros } from "../../../lib/time";
import { type Drawing, type LaneBuckets, lowerBound } from "./drawing";
import { KINDS } from "./kinds";
import type { Span } from "./view";

/** Narrowest column of a density row. Below it buckets are put together: never more marks than pixels. */
export const COLUMN_PX = 4;
const KIND_COUNT = KINDS.length;

/** The columns of one lane in one stretch of time, ready to be drawn. Reused from frame to frame. */
export class Columns {
  length = 0;
  start = new Float64Array(256);
  /** Events of each kind, `KINDS.length` numbers a column. */
  counts = new Uint32Array(256 * KIND_COUNT);
  total = new Uint32Array(256);
  /** Length of time that one column stands for. */
  step: Micros = 0;

  reset(step: Micros): void {
    this.length = 0;
    this.step = step;
  }

  add(start: Micros, kind: number, count: number): void {
    const last = this.length - 1;
    const index = last >= 0 && this.start[last] === start ? last : this.#append(start);
    const slot = index * KIND_COUNT + kind;
    this.counts[slot] = (this.counts[slot] ?? 0) + count;
    this.total[index] = (this.total[index] ?? 0) + count;
  }

  #append(start: Micros): number {
    if (this.length === this.start.length) this.#grow();
    const index = this.length++;
    this.start[index] = start;
    this.total[index] = 0;
    this.counts.fill(0, index * KIND_COUNT, (index + 1) * KIND_COUNT);
    return index;
  }

  #grow(): void {
    const size = this.start.length * 2;
    const start = new Float64Array(size);
    start.set(this.start);
    const counts = new Uint32Array(size * KIND_COUNT);
    counts.set(this.counts);
    const total = new Uint32Array(size);
    total.set(this.total);
    Object.assign(this, { start, counts, total });
  }
}

/** How long a column is: the bucket, doubled until it is wide enough to be seen. */
export function columnStep(resolution: Micros, view: Span, width: number): Micros {
  const microsPerPx = (view.end - view.start) / Math.max(width, 1);
  let step = Math.max(resolution, 1);
  while (step < microsPerPx * COLUMN_PX * 0.75) step *= 2;
  return step;
}

/**
 * Puts the buckets of one lane that begin in `part` together into columns. Columns stand at multiples of their step, so
 * that panning moves them and never changes them.
 */
export function gather(
  lane: LaneBuckets,
  part: Span,
  step: Micros,
  hidden: ReadonlySet<number>,
  into: Columns,
): void {
  const { t0, n, kind } = lane;
  for (let index = lowerBound(t0, part.start); index < t0.length; index++) {
    const at = t0[index] ?? 0;
    if (at >= part.end) break;
    const of = kind[index] ?? 0;
    if (!hidden.has(of)) into.add(Math.floor(at / step) * step, of, n[index] ?? 0);
  }
}

/** Below this many events a full column would promise more than there is. */
const FULL_COLUMN = 12;

/** Height of a column of `count` events where the fullest has `most`: one event shows, and a burst stands out. */
export function columnHeight(count: number, most: number, highest: number): number {
  if (count === 0) return 0;
  return 3 + (highest - 3) * Math.min(count / Math.max(most, FULL_COLUMN), 1) ** 0.5;
}

const densest = new WeakMap<Drawing, number>();

/** Events per microsecond in the fullest bucket of a drawing. */
function densestOf(drawing: Drawing): number {
  const known = densest.get(drawing);
  if (known !== undefined) return known;
  let most = 1;
  for (const { n } of drawing.lanes.values()) for (const count of n) if (count > most) most = count;
  const density = most / drawing.resolution;
  densest.set(drawing, density);
  return density;
}

/** The same over all drawings that are shown: lanes and neighbouring tiles share one scale, so they can be compared. */
export function densestOfAll(drawings: Iterable<Drawing>): number {
  let most = 0;
  for (const drawing of drawings) most = Math.max(most, densestOf(drawing));
  return most;
}

/** The bucket under the pointer: the one of its column that holds the loudest, then the most events. */
export function bucketAt(
  lane: LaneBuckets,
  span: Span,
  hidden: ReadonlySet<number>,
): { sample: string; counts: number[]; total: number; severity: number; start: Micros; end: Micros } | null {
  let best = -1;
  let total = 0;
  let end = span.start;
  const counts = KINDS.map(() => 0);
  const rank = (index: number) => (lane.severity[index] ?? 0) * 2 ** 32 + (lane.n[index] ?? 0);
  for (let index = lowerBound(lane.t0, span.start); index < lane.t0.length; index++) {
    if ((lane.t0[index] ?? 0) >= span.end) break;
    const of = lane.kind[index] ?? 0;
    if (hidden.has(of)) continue;
    const count = lane.n[index] ?? 0;
    counts[of] = (counts[of] ?? 0) + count;
    total += count;
    end = Math.max(end, lane.t1[index] ?? 0);
    if (best < 0 || rank(index) > rank(best)) best = index;
  }
  if (best < 0) return null;
  const start = lane.t0[lowerBound(lane.t0, span.start)] ?? span.start;
  return { sample: lane.sample[best] ?? "", counts, total, severity: lane.severity[best] ?? 0, start, end };
}
