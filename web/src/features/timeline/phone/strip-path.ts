import type { Series } from "../../../api";
import { type Span, xOf } from "../engine/view";
import { scaleOf } from "../model/strip-series";

/** A curve as a path in a box, on the scale of its strip; a missing value breaks the line. */
export function stripPath(series: Series, span: Span, width: number, height: number): string {
  const { low, high } = scaleOf(series);
  let path = "";
  let pen = "M";
  (series.t ?? []).forEach((at, index) => {
    const value = series.v?.[index] ?? null;
    if (value === null) {
      pen = "M";
      return;
    }
    const y = height - 2 - ((value - low) / (high - low || 1)) * (height - 6);
    path += `${pen}${xOf(span, width, at).toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  });
  return path;
}
