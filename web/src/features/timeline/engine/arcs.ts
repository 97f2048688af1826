export interface Relation {
  id: string;
  score: number;
  state: "proposed" | "confirmed" | "rejected";
}

export interface Point {
  x: number;
  y: number;
}

export interface Arc {
  from: Point;
  control1: Point;
  control2: Point;
  to: Point;
  width: number;
  opacity: number;
  dashed: boolean;
}

/** Below this a relation is a guess and is drawn dashed. */
export const WEAK_SCORE = 0.5;
const SAME_ROW_PX = 26;
const RISE_PX = 26;

/** A curve from the selected event to a related one: the stronger, the wider and darker. */
export function arcTo(from: Point, to: Point, score: number): Arc {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const sameRow = Math.abs(dy) < SAME_ROW_PX;
  // The curve reaches three quarters of the way to its controls: on the first row it stays below the edge.
  const rise = Math.min(RISE_PX, Math.max(Math.min(from.y, to.y) - 3, 0) / 0.75);
  const control1 = sameRow
    ? { x: from.x + dx * 0.2, y: from.y - rise }
    : { x: from.x + dx * 0.08, y: from.y + dy * 0.55 };
  const control2 = sameRow
    ? { x: to.x - dx * 0.2, y: to.y - rise }
    : { x: to.x - dx * 0.55, y: to.y - dy * 0.12 };
  return {
    from,
    control1,
    control2,
    to,
    width: 0.6 + 1.9 * score * score,
    opacity: 0.28 + 0.55 * score,
    dashed: score < WEAK_SCORE,
  };
}

/** Strongest first; what a person called unrelated is left out. */
export function drawnRelations(relations: readonly Relation[], most = 12): Relation[] {
  return relations
    .filter((relation) => relation.state !== "rejected")
    .sort((one, other) => other.score - one.score)
    .slice(0, most);
}
