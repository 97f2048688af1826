import { DAY } from "./ticks";

/** One line of what a person pasted, read as an event or refused. */
export type PastedLine =
  | { line: number; text: string; at: number; title: string; service: string | null }
  | { line: number; text: string; problem: "no_time" | "no_text" | "bad_time" };

const TIME =
  /^\s*(?:[-*•]\s*)?\[?(?:(\d{4}-\d{2}-\d{2})[T\s]+)?(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:[.,](\d{1,6}))?)?\s*(Z|[+-]\d{2}:?\d{2})?\]?\s*(?:[-–—|:：]\s*)?(.*)$/u;

/**
 * Reads lines such as `14:03 rollback started`, `- 2026-11-12 14:03:20 …` or `[14:03] orders: …`. Times without a date
 * belong to `day`, and to the day after once they run backwards past midnight. Empty lines are skipped; a line without
 * a time goes on with the event before it.
 */
export function readPasted(
  text: string,
  day: string,
  instantOf: (local: string) => number,
  services: readonly string[],
): PastedLine[] {
  const lines: PastedLine[] = [];
  let daysAhead = 0;
  let before: number | null = null;
  text.split(/\r?\n/).forEach((raw, index) => {
    if (raw.trim() === "") return;
    const line = index + 1;
    const match = TIME.exec(raw);
    if (!match) {
      const last = lines.at(-1);
      if (last && "title" in last) last.title = `${last.title} ${raw.trim()}`;
      else lines.push({ line, text: raw, problem: "no_time" });
      return;
    }
    const [, date, hour = "", minute = "", second = "00", fraction = "", zone, rest = ""] = match;
    const clock = `${hour.padStart(2, "0")}:${minute}:${second}`;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
      lines.push({ line, text: raw, problem: "bad_time" });
      return;
    }
    const whole = zone
      ? Date.parse(`${date ?? day}T${clock}${zoned(zone)}`) * 1000
      : instantOf(`${date ?? day} ${clock}`);
    let at = whole + Number(fraction.padEnd(6, "0").slice(0, 6));
    if (!date) {
      at += daysAhead * DAY;
      if (before !== null && at < before - DAY / 2) {
        daysAhead += 1;
        at += DAY;
      }
    }
    const { title, service } = withService(rest.trim(), services);
    if (!Number.isFinite(at)) lines.push({ line, text: raw, problem: "bad_time" });
    else if (title === "") lines.push({ line, text: raw, problem: "no_text" });
    else {
      before = at;
      lines.push({ line, text: raw, at, title, service });
    }
  });
  return lines;
}

const zoned = (zone: string): string =>
  zone === "Z" || zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;

/** `orders: pool exhausted` names a service when the incident knows one of that name. */
function withService(text: string, services: readonly string[]): { title: string; service: string | null } {
  const match = /^([\w.-]+)\s*[:：]\s*(.+)$/u.exec(text);
  const service = match?.[1];
  if (match?.[2] && service && services.includes(service)) return { title: match[2], service };
  return { title: text, service: null };
}
