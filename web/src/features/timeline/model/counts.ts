import { type Drawing, lowerBound } from "../engine/drawing";
import { KINDS, type Kind, kindIndex } from "../engine/kinds";
import type { DrawingTiles } from "../engine/tiles";
import type { Span } from "../engine/view";

function addCounts(drawing: Drawing, span: Span, into: number[]): void {
  for (const lane of drawing.lanes.values()) {
    for (let index = lowerBound(lane.t0, span.start); index < lane.t0.length; index++) {
      if ((lane.t0[index] ?? 0) >= span.end) break;
      const kind = lane.kind[index] ?? 0;
      into[kind] = (into[kind] ?? 0) + (lane.n[index] ?? 0);
    }
  }
}

/** Events of each kind, by place in `KINDS`, from the sharpest drawing of each stretch. */
export function countsIn(tiles: DrawingTiles, span: Span, hidden: readonly Kind[]): number[] {
  const counts = KINDS.map(() => 0);
  for (const { drawing, part } of tiles.layers(span, 4096)) addCounts(drawing, part, counts);
  for (const kind of hidden) counts[kindIndex(kind)] = 0;
  return counts;
}

/** Events of each kind in everything that passes the filter. */
export function totalCounts(drawing: Drawing | null): number[] {
  const counts = KINDS.map(() => 0);
  if (drawing) addCounts(drawing, drawing, counts);
  return counts;
}
