import type { Mark } from "./drawing";

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
  /** What a name may grow to where the row has room left. */
  mostWidth?: (mark: Mark) => number;
  priority: (mark: Mark) => number;
  /** Marks below this priority are only shown where their whole name fits. */
  mustShow: number;
  /** Of those, the ones that may also stand without a name, where they cover nothing. */
  mayStandBare?: (mark: Mark) => boolean;
}

export const ROW_PX = 21;
export const MARK_PX = 9;
/** A name cut shorter than this says nothing. */
const SHORTEST_NAME_PX = 56;
const GAP_PX = 6;
const CUT_STEP_PX = 8;

interface Taken {
  from: number;
  to: number;
  /** What lies there; its name may be cut short. */
  placed: Placed;
}

/** One row of names. Holds few, so looking through all of them is the quickest way. */
class Row {
  readonly taken: Taken[] = [];

  free(from: number, to: number): boolean {
    return this.taken.every((each) => to <= each.from || from >= each.to);
  }

  /** How far one can go to the right from `from`. */
  room(from: number): number {
    let nearest = Number.POSITIVE_INFINITY;
    for (const each of this.taken) if (each.from >= from) nearest = Math.min(nearest, each.from);
    return nearest - from;
  }

  /** Makes way for a mark at `x`: names that would cover it are cut before it. */
  giveWay(x: number, pxPerMicro: number): void {
    for (const each of this.taken) {
      const nameFrom = each.placed.mark.at * pxPerMicro + MARK_PX;
      if (nameFrom >= x + MARK_PX || each.to <= x - MARK_PX) continue;
      each.placed.nameWidth = cutTo(each.placed.nameWidth, x - MARK_PX - GAP_PX - nameFrom);
      each.to = nameFrom + (each.placed.nameWidth > 0 ? each.placed.nameWidth + GAP_PX : 0);
    }
  }

  /** What the names lose that a mark at `x` would cut; those that matter more weigh more. */
  costOf(x: number, { pxPerMicro, priority }: PackRules): number {
    return this.taken.reduce((sum, { placed, to }) => {
      const nameFrom = placed.mark.at * pxPerMicro + MARK_PX;
      if (nameFrom >= x + MARK_PX || to <= x - MARK_PX) return sum;
      const left = x - MARK_PX - nameFrom;
      const lost = placed.nameWidth - cutTo(placed.nameWidth, left);
      return sum + lost * priority(placed.mark) ** 2;
    }, 0);
  }

  /** Names that were cut to a usual length grow into the room that nobody needs. */
  grow({ pxPerMicro, mostWidth }: PackRules): void {
    if (!mostWidth) return;
    this.taken.sort((one, other) => one.from - other.from);
    this.taken.forEach(({ placed }, index) => {
      const next = this.taken[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      const room = next - GAP_PX - (placed.mark.at * pxPerMicro + MARK_PX);
      const grown = fitted(mostWidth(placed.mark), room);
      if (placed.nameWidth > 0) placed.nameWidth = Math.max(placed.nameWidth, grown);
    });
  }
}

/** In steps, so that a name that is cut is not cut anew, and laid out, with every frame of a zoom. */
const fitted = (width: number, room: number): number =>
  width <= room ? width : Math.floor(room / CUT_STEP_PX) * CUT_STEP_PX;

const cutTo = (width: number, room: number): number =>
  room >= Math.min(SHORTEST_NAME_PX, width) ? fitted(width, room) : 0;

/** What is left for a name itself where its score, or its glow, needs a part of the room; 0 where it says nothing. */
export function nameAlone(room: number, beside: number, whole: number): number {
  return cutTo(whole, room - beside);
}

/**
 * Gives every mark a row and every name what room is left: the important first; a name that does not fit moves down a
 * row, is cut, then gives way. A mark never does, and no name covers one. Depends on the zoom only, so panning moves
 * nothing against another.
 */
export function pack(marks: readonly Mark[], rules: PackRules): Placed[] {
  const { pxPerMicro } = rules;
  const rows = Array.from({ length: Math.max(rules.rows, 1) }, () => new Row());
  const order = [...marks].sort(
    (one, other) => rules.priority(other) - rules.priority(one) || one.at - other.at,
  );
  const all: Placed[] = [];
  const put = (mark: Mark, row: number, nameWidth: number) => {
    const x = mark.at * pxPerMicro;
    const placed = { mark, row, nameWidth };
    all.push(placed);
    const to = x + MARK_PX + (nameWidth > 0 ? nameWidth + GAP_PX : 0);
    rows[row]?.taken.push({ from: x - MARK_PX, to, placed });
  };
  for (const mark of order) {
    const x = mark.at * pxPerMicro;
    const width = rules.nameWidth(mark);
    const whole = rows.findIndex((row) => row.free(x - MARK_PX, x + MARK_PX + width + GAP_PX));
    if (whole >= 0) {
      put(mark, whole, width);
      continue;
    }
    const must = rules.priority(mark) >= rules.mustShow;
    if (!must && !rules.mayStandBare?.(mark)) continue;
    const rooms = rows.map((row) =>
      row.free(x - MARK_PX, x + MARK_PX) ? row.room(x + MARK_PX) - GAP_PX : -1,
    );
    const widest = rooms.indexOf(Math.max(...rooms));
    const room = rooms[widest] ?? -1;
    if (room >= 0) {
      put(mark, widest, cutTo(width, room));
      continue;
    }
    if (!must) continue;
    const costs = rows.map((row) => row.costOf(x, rules));
    const cheapest = Math.max(costs.indexOf(Math.min(...costs)), 0);
    rows[cheapest]?.giveWay(x, pxPerMicro);
    put(mark, cheapest, 0);
  }
  for (const row of rows) row.grow(rules);
  return all.sort((one, other) => one.mark.at - other.mark.at);
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
