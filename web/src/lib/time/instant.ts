/** Instants are integer microseconds since the epoch (exact in a double until the year 2255). */
export type Micros = number;

const RFC3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Reads RFC 3339 without losing the microseconds that `Date` drops. NaN for anything else. */
export function parseInstant(text: string): Micros {
  const match = RFC3339.exec(text);
  if (!match) return Number.NaN;
  const [, seconds, fraction = "", offset] = match;
  return Date.parse(`${seconds}${offset}`) * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/** RFC 3339 in UTC with microseconds, as the server writes it. */
export function formatInstant(instant: Micros): string {
  const micros = ((instant % 1_000_000) + 1_000_000) % 1_000_000;
  const seconds = new Date((instant - micros) / 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(micros).padStart(6, "0")}Z`;
}

export function nowInstant(): Micros {
  return Date.now() * 1000;
}
