const PAD = 3;

export function xOf(index: number, count: number, width: number): number {
  return count < 2 ? 0 : Math.round((index / (count - 1)) * width * 10) / 10;
}

/** Values 0 to 1, drawn from the bottom up; a value beyond is drawn at the border. */
export function linePath(points: readonly number[], width: number, height: number): string {
  const y = (value: number) =>
    Math.round((height - PAD - Math.min(1, Math.max(0, value)) * (height - 2 * PAD)) * 10) / 10;
  return points
    .map((value, index) => `${index ? "L" : "M"}${xOf(index, points.length, width)} ${y(value)}`)
    .join("");
}

export function areaPath(points: readonly number[], width: number, height: number): string {
  return points.length === 0 ? "" : `${linePath(points, width, height)}L${width} ${height}L0 ${height}Z`;
}
