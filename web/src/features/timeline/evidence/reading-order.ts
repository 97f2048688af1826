/** What says when, where and what, in the order in which one reads it. */
const FIRST = [
  "time",
  "service",
  "instance",
  "kind",
  "type",
  "level",
  "metric",
  "operation",
  "title",
  "message",
];
/** Long, and of interest only once the rest is known. */
const LAST = ["attributes", "labels"];

/** Places of the columns of a table, as a person reads them; what is unknown stays between, as it came. */
export function readingOrder(columns: readonly string[]): number[] {
  const rank = (place: number) => {
    const name = columns[place] ?? "";
    const first = FIRST.indexOf(name);
    if (first >= 0) return first;
    return FIRST.length + 1 + LAST.indexOf(name);
  };
  return columns.map((_, place) => place).sort((one, other) => rank(one) - rank(other) || one - other);
}
