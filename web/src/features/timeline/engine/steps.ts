import { byTime, type Mark } from "./drawing";

/** The event after (or before) one in order of time, among those given. */
export function neighbour(marks: readonly Mark[], from: Mark | null, direction: 1 | -1): Mark | null {
  const ordered = [...marks].sort(byTime);
  if (!from) return (direction === 1 ? ordered[0] : ordered.at(-1)) ?? null;
  if (direction === 1) return ordered.find((mark) => byTime(mark, from) > 0) ?? null;
  return ordered.findLast((mark) => byTime(mark, from) < 0) ?? null;
}

/** The lane above or below that has something to go to, and what lies nearest in it. */
export function acrossLanes(
  lanes: readonly string[],
  marks: readonly Mark[],
  from: Mark,
  direction: 1 | -1,
): Mark | null {
  for (let at = lanes.indexOf(from.lane) + direction; at >= 0 && at < lanes.length; at += direction) {
    const near = marks
      .filter((mark) => mark.lane === lanes[at])
      .sort((one, other) => Math.abs(one.at - from.at) - Math.abs(other.at - from.at));
    if (near[0]) return near[0];
  }
  return null;
}
