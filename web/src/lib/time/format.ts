import type { Language } from "../preferences";
import type { Micros } from "./instant";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times more than using it, so each kind is made once. */
function format(language: Language, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${zone}|${JSON.stringify(options)}`;
  const made =
    formats.get(key) ??
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

const date = (instant: Micros): Date => new Date(Math.floor(instant / 1000));

/** `14:04:50`, in either language. */
export function clockTime(instant: Micros, zone: string): string {
  return format("en", zone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(date(instant));
}

/** `14:04`. */
export function clockMinute(instant: Micros, zone: string): string {
  return format("en", zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date(instant));
}

/** `12 Nov` or `11 月 12 日`; with the year when it is not the present one. */
export function dayName(
  instant: Micros,
  zone: string,
  language: Language,
  now: Micros = Date.now() * 1000,
): string {
  const year = yearOf(instant, zone) === yearOf(now, zone) ? {} : { year: "numeric" as const };
  if (language === "en")
    return format("en", zone, { day: "numeric", month: "short", ...year }).format(date(instant));
  const parts = format("zh-CN", zone, { day: "numeric", month: "numeric", year: "numeric" }).formatToParts(
    date(instant),
  );
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  const prefix = "year" in year ? `${part("year")} 年 ` : "";
  return `${prefix}${part("month")} 月 ${part("day")} 日`;
}

/** `2026-11-12` in that zone: for fields, for comparing days, and for the axis of the timeline. */
export function isoDay(instant: Micros, zone: string): string {
  return format("en", zone, { year: "numeric", month: "2-digit", day: "2-digit" })
    .format(date(instant))
    .split("/")
    .reverse()
    .join("-");
}

function yearOf(instant: Micros, zone: string): string {
  return isoDay(instant, zone).slice(0, 4);
}

/** `12 Nov, 14:04` or `11 月 12 日 14:04`. */
export function dayAndTime(instant: Micros, zone: string, language: Language): string {
  const separator = language === "en" ? ", " : " ";
  return `${dayName(instant, zone, language)}${separator}${clockMinute(instant, zone)}`;
}

/** Everything, for a title or a form: `2026-11-12 14:04:50`. */
export function fullTime(instant: Micros, zone: string): string {
  return `${isoDay(instant, zone)} ${clockTime(instant, zone)}`;
}

/** `UTC`, `UTC+8`, `UTC−3:30`: short, the same in both languages, true on that day. */
export function zoneName(zone: string, at: Micros = Date.now() * 1000): string {
  const minutes = zoneOffsetMinutes(zone, at);
  if (minutes === 0) return "UTC";
  const whole = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${whole}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

export function zoneOffsetMinutes(zone: string, at: Micros): number {
  const local = Date.parse(`${fullTime(at, zone).replace(" ", "T")}Z`);
  return Math.round((local - Math.floor(at / 1_000_000) * 1000) / 60_000);
}

/** The instant of `2026-11-12 14:04:50` on a clock of that zone. NaN when it is not a time. */
export function instantInZone(text: string, zone: string): Micros {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/.exec(text.trim());
  if (!match) return Number.NaN;
  const asUtc = Date.parse(`${match[1]}T${match[2]}${match[3] ?? ":00"}Z`) * 1000;
  const first = asUtc - zoneOffsetMinutes(zone, asUtc) * 60_000_000;
  // Once more with the offset of the guess: near a change of summer time the two differ.
  return asUtc - zoneOffsetMinutes(zone, first) * 60_000_000;
}

export function isZone(zone: string): boolean {
  try {
    return format("en", zone, {}) !== undefined;
  } catch {
    return false;
  }
}
