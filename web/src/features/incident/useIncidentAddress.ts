import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type AddressState, readAddress, writeAddress } from "../timeline";

export const TABS = ["timeline", "insight", "evidence"] as const;
export type Tab = (typeof TABS)[number];

export interface IncidentAddress {
  tab: Tab;
  setTab: (tab: Tab) => void;
  timeline: AddressState;
  /** The view of the timeline has come to rest somewhere else. */
  setTimeline: (state: AddressState) => void;
  /** Leaves for the timeline, showing something there. */
  showOnTimeline: (change: Partial<AddressState>) => void;
}

/** Tab and view as the address has them. */
export function useIncidentAddress(): IncidentAddress {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const text = JSON.stringify(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the search
  const timeline = useMemo(() => readAddress(search), [text]);
  const tab = TABS.find((known) => known === search.tab) ?? "timeline";
  const go = useCallback(
    (tab: Tab, state: AddressState, replace: boolean) => {
      const next = { ...writeAddress(state), tab: tab === "timeline" ? undefined : tab };
      const search = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
      void navigate({ to: ".", search, replace });
    },
    [navigate],
  );
  return {
    tab,
    timeline,
    setTab: (next) => go(next, timeline, false),
    setTimeline: useCallback((state: AddressState) => go("timeline", state, true), [go]),
    showOnTimeline: (change) => go("timeline", { ...timeline, ...change }, false),
  };
}
