import type { Series } from "../../../api";
import { formatQuantity } from "../../../lib/quantity";
import { parseInstant } from "../../../lib/time";
import type { StripChoice } from "../engine/lanes";
import type { StripSeries } from "../engine/paint-strip";
import type { Palette } from "../engine/palette";
import { type Points, readPoints, valueScale } from "../engine/strips";

export const instantOf = (time: number | string): number =>
  typeof time === "number" ? time : parseInstant(time);

/** Place of each kind of series among the colours of the event kinds. */
const COLOUR: Record<Series["kind"], number> = { metric: 0, log: 1, trace: 2 };

export type FormattedStrip = StripSeries & { format: (value: number) => string };

/** Of a share nothing lies above all of it. */
export function scaleOf({ min, max, anomalies, unit }: Series): { low: number; high: number } {
  const scale = valueScale(min ?? 0, max ?? 0, anomalies.length > 0);
  return unit === "ratio" && (max ?? 0) <= 1 ? { ...scale, high: Math.min(scale.high, 1) } : scale;
}

/** Where the calls are counted of which a series says something: without calls there is nothing to say. */
export function rateOf(series: Series, all: readonly Series[]): Series | null {
  const isRate = ({ unit }: Series) => unit === "/s";
  if (isRate(series) || series.kind === "log") return null;
  const beside = all.filter(
    (other) =>
      isRate(other) &&
      other.kind === series.kind &&
      other.service === series.service &&
      other.instance === series.instance,
  );
  if (series.kind === "trace") {
    const operation = series.metric.slice(0, series.metric.lastIndexOf(" "));
    return beside.find(({ metric }) => metric === `${operation} rate`) ?? null;
  }
  // `http_error_ratio` and `http_requests_per_second`.
  const family = (metric: string) => metric.slice(0, metric.indexOf("_"));
  return (
    beside.find(
      ({ metric }) => family(metric) === family(series.metric) && /request|call|quer/.test(metric),
    ) ?? null
  );
}

export function stripOf(series: Series, all: readonly Series[], palette: Palette): FormattedStrip {
  return {
    id: series.id,
    colour: palette.kinds[COLOUR[series.kind]] ?? palette.ink2,
    ...scaleOf(series),
    anomalies: series.anomalies.map(({ start, end }) => ({ start: instantOf(start), end: instantOf(end) })),
    baseline: series.baseline,
    rate: rateOf(series, all)?.id ?? null,
    format: (value) => formatQuantity(value, series.unit),
  };
}

/** A series is proposed for the board by the server; all can be chosen. */
export const choiceOf = (series: Series): StripChoice => ({
  id: series.id,
  service: series.service,
  kind: series.kind,
  anomalyScore: series.anomaly_score,
  proposed: series.shown,
});

/** The curve that leads the story: the most unusual at the entry, where people were hurt. */
export function leadingSignal(series: readonly Series[], entry: string | null): Series | null {
  const shown = series.filter(({ shown }) => shown);
  const pool = shown.some(({ service }) => service === entry)
    ? shown.filter(({ service }) => service === entry)
    : shown;
  return [...pool].sort((one, other) => other.anomaly_score - one.anomaly_score)[0] ?? null;
}

/** The curve behind the minimap. */
export function backdropOf(series: Series): { points: Points; low: number; high: number } {
  const { t = [], v = [] } = series;
  const span = { start: t[0] ?? 0, end: t.at(-1) ?? 0 };
  return { points: readPoints(span, t, v), ...scaleOf(series) };
}
