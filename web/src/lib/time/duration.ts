import type { Language } from "../preferences";
import type { Micros } from "./instant";

interface Unit {
  seconds: number;
  short: string;
  zh: string;
  en: [one: string, many: string];
}

const UNITS: readonly Unit[] = [
  { seconds: 86_400, short: "d", zh: "天", en: ["day", "days"] },
  { seconds: 3_600, short: "h", zh: "小时", en: ["hour", "hours"] },
  { seconds: 60, short: "m", zh: "分", en: ["minute", "minutes"] },
  { seconds: 1, short: "s", zh: "秒", en: ["second", "seconds"] },
];

/** The two largest parts of a length, nothing where the second is zero. */
function parts(micros: Micros): [number, Unit][] {
  const seconds = Math.round(Math.abs(micros) / 1_000_000);
  const first = UNITS.findIndex((unit) => seconds >= unit.seconds);
  if (first < 0) return [];
  let rest = seconds;
  const found: [number, Unit][] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) found.push([count, unit]);
  }
  return found;
}

/** `6m 10s`: on axes and in heads, the same in both languages. Under a second: `250ms`, `40µs`. */
export function shortDuration(micros: Micros): string {
  const length = Math.abs(micros);
  if (length < 1000) return `${length}µs`;
  if (length < 1_000_000) return `${Math.round(length / 1000)}ms`;
  return parts(micros)
    .map(([count, unit], index) => `${index > 0 ? String(count).padStart(2, "0") : count}${unit.short}`)
    .join(" ");
}

/** `6 minutes 10 seconds`, `6 分 10 秒`: in sentences. */
export function wordDuration(micros: Micros, language: Language): string {
  const found = parts(micros);
  if (found.length === 0) return language === "en" ? "under a second" : "不到 1 秒";
  return found
    .map(([count, unit]) => `${count} ${language === "en" ? unit.en[count === 1 ? 0 : 1] : unit.zh}`)
    .join(" ");
}
