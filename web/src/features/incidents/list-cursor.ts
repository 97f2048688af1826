/** Which row the keys are on. Stays on its incident when the list changes under it. */
export interface ListCursor {
  id: string | undefined;
  index: number;
}

export const NO_ROW: ListCursor = { id: undefined, index: -1 };

export function moved(cursor: ListCursor, ids: readonly string[], step: 1 | -1): ListCursor {
  const here = placed(cursor, ids).index;
  const index = Math.min(ids.length - 1, Math.max(0, here < 0 && step < 0 ? 0 : here + step));
  return { id: ids[index], index: ids.length === 0 ? -1 : index };
}

/** Where the row is now: at its incident, or where that stood when it has gone. */
export function placed(cursor: ListCursor, ids: readonly string[]): ListCursor {
  if (cursor.id === undefined) return NO_ROW;
  const found = ids.indexOf(cursor.id);
  if (found >= 0) return { id: cursor.id, index: found };
  const index = Math.min(cursor.index, ids.length - 1);
  return { id: ids[index], index };
}
