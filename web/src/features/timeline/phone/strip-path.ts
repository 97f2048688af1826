import type { Series } from "../../../api";
import { isGap, isQuiet, missing, readPoints } from "../engine/strips";
import { type Span, xOf } from "../engine/view";
import { scaleOf } from "../model/strip-series";

/** A curve in a small box, on the scale of its strip, with the stretches in which nothing was measured. */
export interface SmallCurve {
  path: string;
  holes: { x: number; width: number; quiet: boolean }[];
}

/** A hole narrower than this cannot be told from a step of the curve. */
const LEAST_HOLE_PX = 3;

export function smallCurve(
  { series, rate }: { series: Series; rate: Series | null },
  span: Span,
  width: number,
  height: number,
): SmallCurve {
  const { low, high } = scaleOf(series);
  const points = readPoints(span, series.t ?? [], series.v ?? []);
  let path = "";
  let isDown = false;
  points.t.forEach((at, index) => {
    const value = points.v[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      isDown = false;
      return;
    }
    const y = height - 2 - ((value - low) / (high - low || 1)) * (height - 6);
    const pen = isDown && !isGap(points, index) ? "L" : "M";
    path += `${pen}${xOf(span, width, at).toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  });
  const calls = rate ? readPoints(span, rate.t ?? [], rate.v ?? []) : undefined;
  const holes = missing(points, span)
    .map((hole) => ({
      x: xOf(span, width, hole.start),
      width: xOf(span, width, hole.end) - xOf(span, width, hole.start),
      quiet: isQuiet(calls, hole),
    }))
    .filter((hole) => hole.width >= LEAST_HOLE_PX);
  return { path, holes };
}
