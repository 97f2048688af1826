/** `18,240`, `18 240`: by the reader's language. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

function rounded(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return trimmed(value.toFixed(1));
  if (size >= 0.1) return trimmed(value.toFixed(2));
  return trimmed(value.toPrecision(2));
}

const trimmed = (text: string): string => (/e/.test(text) ? text : text.replace(/\.?0+$/, ""));

function scaled(value: number, base: number, names: readonly string[]): string {
  const size = Math.abs(value);
  let step = 0;
  while (step < names.length - 1 && size >= base ** (step + 1)) step += 1;
  const name = names[step] ?? "";
  return `${rounded(value / base ** step)}${name ? `\u202f${name}` : ""}`;
}

const seconds = (value: number): string => {
  const size = Math.abs(value);
  if (size === 0) return "0\u202fs";
  if (size < 0.001) return `${rounded(value * 1e6)}\u202fµs`;
  if (size < 1) return `${rounded(value * 1000)}\u202fms`;
  if (size < 120) return `${rounded(value)}\u202fs`;
  return size < 7200 ? `${rounded(value / 60)}\u202fmin` : `${rounded(value / 3600)}\u202fh`;
};

const BYTES = ["B", "kB", "MB", "GB", "TB"];
const PLAIN = ["", "k", "M", "G", "T"];

export const formatBytes = (bytes: number): string => scaled(bytes, 1000, BYTES);

/** A value with its unit, as short as it can be said: `30.4%`, `9.2 s`, `1.2 k`, `38/s`. */
export function formatQuantity(value: number, unit: string | null | undefined): string {
  switch (unit) {
    case "%":
    case "percent":
      return `${rounded(value)}%`;
    case "ratio":
    case "share":
      return `${rounded(value * 100)}%`;
    case "s":
    case "seconds":
      return seconds(value);
    case "ms":
    case "milliseconds":
      return seconds(value / 1e3);
    case "us":
    case "µs":
    case "microseconds":
      return seconds(value / 1e6);
    case "ns":
    case "nanoseconds":
      return seconds(value / 1e9);
    case "B":
    case "By":
    case "bytes":
      return formatBytes(value);
    case "B/s":
    case "bytes/s":
      return `${formatBytes(value)}/s`;
    case "1/s":
    case "/s":
      return `${scaled(value, 1000, PLAIN)}/s`;
    case "1/min":
    case "/min":
      return `${scaled(value, 1000, PLAIN)}/min`;
    case null:
    case undefined:
    case "":
    case "1":
    case "count":
      return scaled(value, 1000, PLAIN);
    default:
      return `${scaled(value, 1000, PLAIN)} ${unit}`;
  }
}
