import type { Micros } from "../../../lib/time";
import { lowerBound } from "./drawing";
import type { Span } from "./view";

/** The points of one series in one window. A point without a value is a hole. */
export interface Points extends Span {
  t: Float64Array;
  v: Float64Array;
  /** Usual distance of two points: what lies further apart is a hole too. */
  step: Micros;
  /** Nothing was left out: a closer look would show the same points. */
  complete: boolean;
}

/** More points than this are thinned by the server. */
export const POINTS_ASKED = 900;

export function readPoints(span: Span, t: readonly number[], v: readonly (number | null)[]): Points {
  const times = Float64Array.from(t);
  const distances: number[] = [];
  for (let index = 1; index < times.length; index++)
    distances.push((times[index] ?? 0) - (times[index - 1] ?? 0));
  distances.sort((one, other) => one - other);
  const step = distances[distances.length >> 1] ?? 0;
  const values = Float64Array.from(v, (value) => value ?? Number.NaN);
  return { ...span, t: times, v: values, step, complete: times.length < POINTS_ASKED * 0.9 };
}

/** Two points belong to one line when nothing is missing between them. */
export function isGap(points: Points, index: number): boolean {
  const before = points.t[index - 1];
  const at = points.t[index];
  if (before === undefined || at === undefined) return true;
  return at - before > points.step * 3.5 && points.step > 0;
}

/** The stretches of the view in which nothing was measured. */
export function missing(points: Points, view: Span): Span[] {
  const holes: Span[] = [];
  const { t, v, step } = points;
  let seenUntil = view.start;
  let any = false;
  for (let index = Math.max(lowerBound(t, view.start) - 1, 0); index < t.length; index++) {
    const at = t[index] ?? 0;
    if (Number.isNaN(v[index])) continue;
    any = true;
    if (at - seenUntil > Math.max(step * 3.5, 1) && at > view.start) {
      holes.push({ start: Math.max(seenUntil, view.start), end: Math.min(at, view.end) });
    }
    seenUntil = at;
    if (at > view.end) break;
  }
  if (!any) return [{ ...view }];
  if (view.end - seenUntil > Math.max(step * 3.5, 1))
    holes.push({ start: Math.max(seenUntil, view.start), end: view.end });
  return holes.filter((hole) => hole.end > hole.start);
}

/** In a short hole the rate before it may still linger, so a few counts above zero do not decide. */
const MOST_QUIET = 0.8;

/** Whether nothing came in this hole: what counts the calls went on counting, and counted none. */
export function isQuiet(rate: Points | undefined, hole: Span): boolean {
  if (!rate) return false;
  let counted = 0;
  let none = 0;
  for (let index = lowerBound(rate.t, hole.start + 1); index < rate.t.length; index++) {
    if ((rate.t[index] ?? 0) >= hole.end) break;
    if (Number.isNaN(rate.v[index])) continue;
    counted += 1;
    if (rate.v[index] === 0) none += 1;
  }
  return counted > 0 && none / counted >= MOST_QUIET;
}

/** What a strip says at a moment: the last value at or before it, or null where nothing was measured. */
export function readingAt(points: Points, at: Micros): number | null {
  const after = lowerBound(points.t, at + 1);
  const index = after - 1;
  const time = points.t[index];
  const value = points.v[index];
  if (time === undefined || value === undefined || Number.isNaN(value)) return null;
  return points.step > 0 && at - time > points.step * 3.5 ? null : value;
}

export interface RangeStatistics {
  count: number;
  least: number;
  most: number;
  mean: number;
}

export function statistics(points: Points, range: Span): RangeStatistics | null {
  let count = 0;
  let sum = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let index = lowerBound(points.t, range.start); index < points.t.length; index++) {
    if ((points.t[index] ?? 0) > range.end) break;
    const value = points.v[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return count === 0 ? null : { count, least, most, mean: sum / count };
}

/**
 * The scale of a strip: from zero up to a round figure, so that what is healthy and flat also looks it. Only what swings
 * within a narrow band far above zero, and unusually so, is looked at closely.
 */
export function valueScale(min: number, max: number, unusual: boolean): { low: number; high: number } {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return { low: 0, high: 1 };
  if (min === 0 && max === 0) return { low: 0, high: 1 };
  if (max <= 0) return { low: -roundUp(-min), high: 0 };
  if (min < 0) return { low: -roundUp(-min), high: roundUp(max) };
  if (!unusual) return { low: 0, high: roundUp(max * 1.5) };
  if (max - min > max * 0.3) return { low: 0, high: roundUp(max) };
  const room = Math.max((max - min) * 0.15, max * 0.002);
  const unit = 10 ** Math.floor(Math.log10(Math.max(max - min, max * 0.01)));
  return { low: Math.floor((min - room) / unit) * unit, high: Math.ceil((max + room) / unit) * unit };
}

const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

export function roundUp(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(value));
  const lead = ROUND.find((candidate) => candidate * unit >= value * 0.999_999) ?? 10;
  return Number((lead * unit).toPrecision(3));
}
