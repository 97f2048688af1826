import { useSyncExternalStore } from "react";
import { PreferenceStore, type Preferences } from "./preferences";

function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** The one store of this page. */
export const preferences = new PreferenceStore(browserStorage());

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.get, preferences.get);
}

const dark = typeof matchMedia === "undefined" ? undefined : matchMedia("(prefers-color-scheme: dark)");

function subscribeScheme(listener: () => void): () => void {
  dark?.addEventListener("change", listener);
  return () => dark?.removeEventListener("change", listener);
}

/** The theme to paint with: the person's choice, or the system's. */
export function useTheme(): "light" | "dark" {
  const { theme } = usePreferences();
  const systemDark = useSyncExternalStore(
    subscribeScheme,
    () => dark?.matches ?? false,
    () => false,
  );
  if (theme !== "system") return theme;
  return systemDark ? "dark" : "light";
}
