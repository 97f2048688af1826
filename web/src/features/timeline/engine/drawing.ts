import type { Drawing as DrawingAnswer, Lane as LaneAnswer, TimelineEvent } from "../../../api";
import { type Micros, parseInstant } from "../../../lib/time";
import { type Alert, alertOf, type Kind, kindIndex, SEVERITIES } from "./kinds";
import type { Span } from "./view";
import { inReadersLanguage } from "./words";

/** One event as the board needs it. */
export interface Mark {
  id: string;
  kind: Kind;
  /** Of a system event that calls someone. */
  alert?: Alert | null;
  lane: string;
  at: Micros;
  end: Micros | null;
  title: string;
  severity: number;
  key: boolean;
  starred: boolean;
}

/** The buckets of one lane in typed arrays, in order of time. */
export interface LaneBuckets {
  key: string;
  label: string;
  depth: number;
  eventCount: number;
  t0: Float64Array;
  t1: Float64Array;
  n: Uint32Array;
  kind: Uint8Array;
  severity: Uint8Array;
  sample: readonly string[];
}

export interface Drawing extends Span {
  resolution: Micros;
  lanes: ReadonlyMap<string, LaneBuckets>;
  marks: readonly Mark[];
  /** Events in the window, and whether `marks` holds each of them. */
  total: number;
  complete: boolean;
}

export type Grouping = "service" | "kind";

/** The lane of what people did and noted. */
export const RESPONSE_LANE = "response";

export function laneOf(event: TimelineEvent, grouping: Grouping): string {
  if (grouping === "kind") return event.kind;
  if (event.author && (event.kind === "note" || event.kind === "user_action")) return RESPONSE_LANE;
  return event.service ?? "";
}

export function markOf(event: TimelineEvent, grouping: Grouping): Mark {
  return {
    id: event.id,
    kind: event.kind,
    alert: alertOf(event.type),
    lane: laneOf(event, grouping),
    at: parseInstant(event.occurred_at),
    end: event.ended_at ? parseInstant(event.ended_at) : null,
    title: inReadersLanguage(event).title,
    severity: Math.max(SEVERITIES.indexOf(event.severity), 0),
    key: event.key,
    starred: event.starred,
  };
}

/** Times of a lane are told from bucket to bucket, in units that no pixel is as narrow as. */
function readLane(lane: LaneAnswer, { from, unit, ids }: DrawingAnswer): LaneBuckets {
  let units = Math.floor(from / unit);
  const t0 = Float64Array.from(lane.gap, (gap) => {
    units += gap;
    return Math.max(units * unit, from);
  });
  return {
    key: lane.key,
    label: lane.label,
    depth: lane.depth,
    eventCount: lane.event_count,
    t0,
    t1: t0.map((first, index) => first + (lane.span[index] ?? 0) * unit),
    n: Uint32Array.from(lane.n),
    kind: Uint8Array.from(lane.kind),
    severity: Uint8Array.from(lane.severity),
    sample: lane.sample.map((place) => ids[place - 1] ?? ""),
  };
}

function readMarks({ marks, lanes, kinds, ids, from }: DrawingAnswer): Mark[] {
  let at = from;
  const [key, starred] = [new Set(marks.key), new Set(marks.starred)];
  return marks.gap.map((gap, index) => {
    at += gap;
    const length = marks.length[index] ?? null;
    return {
      id: ids[index] ?? "",
      kind: kinds[marks.kind[index] ?? 0] ?? "note",
      alert: alertOf(marks.type[index]),
      lane: lanes[marks.lane[index] ?? 0]?.key ?? "",
      at,
      end: length === null ? null : at + length,
      title: titleOf(marks, index),
      severity: marks.severity[index] ?? 0,
      key: key.has(index),
      starred: starred.has(index),
    };
  });
}

function titleOf({ title, title_zh, signal }: DrawingAnswer["marks"], index: number): string {
  const attributes: Record<string, string> = {};
  const chinese = title_zh[index];
  const metric = signal[index];
  if (chinese) attributes["title.zh"] = chinese;
  if (metric) attributes.signal = metric;
  return inReadersLanguage({ title: title[index] ?? "", attributes }).title;
}

export function readDrawing(answer: DrawingAnswer): Drawing {
  const marks = readMarks(answer).sort(byTime);
  return {
    start: answer.from,
    end: answer.to,
    resolution: answer.resolution,
    lanes: new Map(answer.lanes.map((lane) => [lane.key, readLane(lane, answer)])),
    marks,
    total: answer.total,
    complete: marks.length >= answer.total,
  };
}

export function byTime(one: Mark, other: Mark): number {
  if (one.at !== other.at) return one.at - other.at;
  if (one.id === other.id) return 0;
  return kindIndex(one.kind) - kindIndex(other.kind) || (one.id < other.id ? -1 : 1);
}

/** First place in a sorted array whose value is not below `value`. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
