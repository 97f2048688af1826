import type { Micros } from "../../../lib/time";
import type { Mark } from "./drawing";
import type { Span } from "./view";

/** Where a mark stands in its lane, and how much room its name has. */
export interface Placed {
  mark: Mark;
  row: number;
  /** Width of the name in pixels; 0 when it gave way. */
  nameWidth: number;
}

export interface PackRules {
  rows: number;
  /** Pixels for one microsecond: the zoom. */
  pxPerMicro: number;
  nameWidth: (mark: Mark) => number;
  priority: (mark: Mark) => number;
  /** Marks below this priority are only shown where their whole name fits. */
  mustShow: number;
}

export const ROW_PX = 21;
export const MARK_PX = 9;
/** A name cut shorter than this says nothing. */
const SHORTEST_NAME_PX = 56;
const GAP_PX = 6;

/** Taken stretches of one row, in pixels, unordered: a row holds few. */
class Row {
  #taken: [number, number][] = [];

  free(from: number, to: number): boolean {
    return this.#taken.every(([start, end]) => to <= start || from >= end);
  }

  /** How far one can go to the right from `from`. */
  room(from: number): number {
    let nearest = Infinity;
    for (const [start, end] of this.#taken) {
      if (start >= from) nearest = Math.min(nearest, start);
      else if (end > from) return 0;
    }
    return nearest - from;
  }

  take(from: number, to: number): void {
    this.#taken.push([from, to]);
  }
}

/**
 * Gives every mark a row and every name what room is left: the important first; a name that does not fit moves down a
 * row, is cut, then gives way. A mark never does. Depends on the zoom only, so panning moves nothing against another.
 */
export function pack(marks: readonly Mark[], rules: PackRules): Placed[] {
  const rows = Array.from({ length: Math.max(rules.rows, 1) }, () => new Row());
  const order = [...marks].sort(
    (one, other) => rules.priority(other) - rules.priority(one) || one.at - other.at,
  );
  const placed: Placed[] = [];
  for (const mark of order) {
    const x = mark.at * rules.pxPerMicro;
    const from = x - MARK_PX;
    const nameFrom = x + MARK_PX;
    const must = rules.priority(mark) >= rules.mustShow;
    const width = rules.nameWidth(mark);
    const whole = rows.findIndex((row) => row.free(from, nameFrom + width + GAP_PX));
    if (whole >= 0) {
      rows[whole]?.take(from, nameFrom + width + GAP_PX);
      placed.push({ mark, row: whole, nameWidth: width });
      continue;
    }
    if (!must) continue;
    const rooms = rows.map((row) => (row.free(from, nameFrom) ? row.room(nameFrom) - GAP_PX : -1));
    const widest = rooms.indexOf(Math.max(...rooms));
    const room = rooms[widest] ?? -1;
    const row = room >= 0 ? widest : 0;
    const nameWidth = room >= SHORTEST_NAME_PX ? Math.min(width, Math.floor(room)) : 0;
    rows[row]?.take(from, nameFrom + (nameWidth > 0 ? nameWidth + GAP_PX : 0));
    placed.push({ mark, row, nameWidth });
  }
  return placed.sort((one, other) => one.mark.at - other.mark.at);
}

/** The fewest rows, up to `most`, in which the names of these marks fit whole at this zoom. */
export function rowsNeeded(marks: readonly Mark[], most: number, rules: Omit<PackRules, "rows">): number {
  if (marks.length === 0) return 0;
  for (let rows = 1; rows < most; rows++) {
    const placed = pack(marks, { ...rules, rows });
    if (placed.every(({ mark, nameWidth }) => nameWidth >= rules.nameWidth(mark))) return rows;
  }
  return most;
}

export function nearestMark(marks: readonly Mark[], at: Micros, within: Span): Mark | null {
  let best: Mark | null = null;
  for (const mark of marks) {
    if (mark.at < within.start || mark.at > within.end) continue;
    if (!best || Math.abs(mark.at - at) < Math.abs(best.at - at)) best = mark;
  }
  return best;
}
