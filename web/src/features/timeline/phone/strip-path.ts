import type { Series } from "../../../api";
import { isGap, missing, readPoints } from "../engine/strips";
import { type Span, xOf } from "../engine/view";
import { scaleOf } from "../model/strip-series";

/** A curve in a small box, on the scale of its strip, with the stretches in which nothing was measured. */
export interface SmallCurve {
  path: string;
  holes: { x: number; width: number }[];
}

/** A hole narrower than this cannot be told from a step of the curve. */
const LEAST_HOLE_PX = 3;

export function smallCurve(series: Series, span: Span, width: number, height: number): SmallCurve {
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
  const holes = missing(points, span)
    .map(({ start, end }) => ({
      x: xOf(span, width, start),
      width: xOf(span, width, end) - xOf(span, width, start),
    }))
    .filter((hole) => hole.width >= LEAST_HOLE_PX);
  return { path, holes };
}
