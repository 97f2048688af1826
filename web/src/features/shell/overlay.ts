import { useSyncExternalStore } from "react";

export type Overlay = "palette" | "keys" | undefined;

let open: Overlay;
const listeners = new Set<() => void>();

/** At most one thing lies over the whole page. */
export function show(overlay: Overlay): void {
  open = overlay;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(subscribe, () => open);
}
