import { useMemo } from "react";
import { preferences, usePreferences, type Zone } from "../../../lib/preferences";
import { type Clock, nextZone as following, makeClock, resolveZone, useLanguage } from "../../../lib/time";
import type { Board } from "../engine/board";

const isZoneChoice = (text: string | null | undefined): text is Zone =>
  text === "utc" || text === "local" || text === "incident";

/** The clock of the page: what the address asks for, else the reader's choice. */
export function useIncidentClock(incidentZone: string | null, asked: string | null | undefined): Clock {
  const { zone: chosen } = usePreferences();
  const language = useLanguage();
  const zone = resolveZone(isZoneChoice(asked) ? asked : chosen, incidentZone);
  return useMemo(() => makeClock(zone, language), [zone, language]);
}

/** What `z` does: the next clock, for this page and as the reader's choice. */
export function nextZone(board: Board): void {
  const asked = board.get().zone;
  const zone = following(isZoneChoice(asked) ? asked : preferences.get().zone);
  preferences.set({ zone });
  board.set({ zone });
}
