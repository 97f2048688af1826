import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Language, type Preferences, preferences, usePreferences, type Zone } from "../preferences";
import * as format from "./format";
import { type Micros, nowInstant, parseInstant } from "./instant";

const ORDER: readonly Zone[] = ["local", "utc", "incident"];

let local: string | undefined;

/** Asked once: making the formatter that knows it takes longer than drawing a button. */
export function localZone(): string {
  local ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return local;
}

/** The IANA zone that a choice means, given the zone of the incident at hand. */
export function resolveZone(choice: Preferences["zone"], incidentZone: string | null | undefined): string {
  if (choice === "utc") return "UTC";
  if (choice === "incident" && incidentZone && format.isZone(incidentZone)) return incidentZone;
  return localZone();
}

/** What `z` does: the next clock. */
export function nextZone(choice: Zone): Zone {
  return ORDER[(ORDER.indexOf(choice) + 1) % ORDER.length] ?? "local";
}

export function cycleZone(): void {
  preferences.set({ zone: nextZone(preferences.get().zone) });
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === "zh-CN" ? "zh-CN" : "en";
}

/** Times in the reader's language and chosen zone. Takes what the API sends (RFC 3339) or microseconds. */
export interface Clock {
  zone: string;
  zoneName: string;
  language: Language;
  time(at: string | Micros): string;
  minute(at: string | Micros): string;
  day(at: string | Micros): string;
  dayAndTime(at: string | Micros): string;
  full(at: string | Micros): string;
}

export function makeClock(zone: string, language: Language): Clock {
  const of = (at: string | Micros) => (typeof at === "string" ? parseInstant(at) : at);
  return {
    zone,
    zoneName: format.zoneName(zone),
    language,
    time: (at) => format.clockTime(of(at), zone),
    minute: (at) => format.clockMinute(of(at), zone),
    day: (at) => format.dayName(of(at), zone, language),
    dayAndTime: (at) => format.dayAndTime(of(at), zone, language),
    full: (at) => format.fullTime(of(at), zone),
  };
}

export function useClock(incidentZone?: string | null): Clock {
  const { zone: choice } = usePreferences();
  const language = useLanguage();
  const zone = resolveZone(choice, incidentZone);
  return useMemo(() => makeClock(zone, language), [zone, language]);
}

/** The present, moving on every so many milliseconds. */
export function useNow(everyMs: number): Micros {
  const [now, setNow] = useState(nowInstant);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowInstant()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
