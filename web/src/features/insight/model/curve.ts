import type { Series } from "../../../api";
import type { Micros } from "../../../lib/time";

/** The points of a series as a path in a box; a missing value breaks the line. */
export function curvePath(
  { t = [], v = [] }: Pick<Series, "t" | "v">,
  span: { start: Micros; end: Micros },
  width: number,
  height: number,
): string {
  const known = v.filter((value) => value !== null);
  if (known.length === 0) return "";
  const low = Math.min(...known);
  const high = Math.max(...known);
  const scale = (height - 5) / (high - low || 1);
  let path = "";
  let pen = "M";
  t.forEach((at, index) => {
    const value = v[index] ?? null;
    if (value === null) {
      pen = "M";
      return;
    }
    const x = ((at - span.start) / (span.end - span.start)) * width;
    const y = height - 2 - (value - low) * scale;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  });
  return path;
}
