import type { Preferences } from "../../lib/preferences";

type SideKey = "side" | "workSide";

/** Which choice governs the side bar here: work pages keep their own, since they need the width. */
export function sideKey(pathname: string): SideKey {
  return /^\/incidents\/[^/]+/.test(pathname) ? "workSide" : "side";
}

export function toggleSide(pathname: string, kept: Preferences): Partial<Preferences> {
  const key = sideKey(pathname);
  return { [key]: kept[key] === "open" ? "folded" : "open" };
}
