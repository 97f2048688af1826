import type { LaneBox } from "../engine/layout";

/** On which side of the screen something lies, or nothing when it is seen. */
export type Side = "above" | "below" | null;

/** Of a lane so much must be seen that its first name can be read. */
const NAME_PX = 28;

export function sideOf(
  { top, height }: Pick<LaneBox, "top" | "height">,
  scrollTop: number,
  seen: number,
): Side {
  if (top + Math.min(height, NAME_PX) > scrollTop + seen) return "below";
  return top + NAME_PX / 2 < scrollTop ? "above" : null;
}
