import type { Micros } from "../../../lib/time";
import { byTime, type Drawing, type LaneBuckets, lowerBound, type Mark } from "./drawing";
import { KINDS, kindIndex } from "./kinds";
import type { DrawingRequest } from "./tiles";

const RAW_LIMIT = 400;
const KEY_LIMIT = 40;
const FINEST_BUCKETS = 2 ** 15;

/** Buckets of one lane at one resolution; `sample` is a place in the whole. */
interface Level {
  resolution: Micros;
  t0: Float64Array;
  t1: Float64Array;
  n: Uint32Array;
  kind: Uint8Array;
  severity: Uint8Array;
  sample: Uint32Array;
}

/**
 * Answers drawings from events that are already in the browser, as the server does from its store: for measuring, and
 * for pages without a server. Levels are made once, each from a finer one, so that an answer is a slice.
 */
export class MemoryEvents {
  readonly start: Micros;
  readonly end: Micros;
  readonly #marks: readonly Mark[];
  readonly #at: Float64Array;
  readonly #lanes: { key: string; levels: Levels }[];

  constructor(marks: readonly Mark[]) {
    this.#marks = isSorted(marks) ? marks : [...marks].sort(byTime);
    this.#at = Float64Array.from(this.#marks, (mark) => mark.at);
    this.start = this.#at[0] ?? 0;
    this.end = this.#at[this.#at.length - 1] ?? 1;
    const finest = 2 ** Math.ceil(Math.log2(Math.max((this.end - this.start) / FINEST_BUCKETS, 1)));
    this.#lanes = rawLanes(this.#marks).map(([key, raw]) => ({ key, levels: new Levels(raw, finest) }));
  }

  drawing(request: DrawingRequest): Drawing {
    const first = lowerBound(this.#at, request.start);
    const last = lowerBound(this.#at, request.end);
    const total = last - first;
    const complete = total <= RAW_LIMIT;
    const marks = complete ? this.#marks.slice(first, last) : this.#keyMarks(first, last);
    const lanes = new Map<string, LaneBuckets>();
    for (const lane of this.#lanes) {
      const { raw } = lane.levels;
      const level = lane.levels.at(request.resolution) ?? merged(raw, request.resolution, request);
      const slice = sliceOf(level, request);
      lanes.set(lane.key, {
        key: lane.key,
        label: lane.key,
        depth: 0,
        eventCount: raw.t0.length,
        ...this.#named(slice),
      });
    }
    const { start, end, resolution } = request;
    return { start, end, resolution, lanes, marks, total, complete };
  }

  #named(slice: Level): Omit<LaneBuckets, "key" | "label" | "depth" | "eventCount"> {
    const { sample, ...rest } = slice;
    return { ...rest, sample: Array.from(sample, (place) => this.#marks[place]?.id ?? "") };
  }

  #keyMarks(first: number, last: number): Mark[] {
    const found: Mark[] = [];
    for (let index = first; index < last && found.length < KEY_LIMIT; index++) {
      const mark = this.#marks[index];
      if (mark?.key || mark?.starred) found.push(mark);
    }
    return found;
  }
}

export function memoryFetch(events: MemoryEvents): (request: DrawingRequest) => Promise<Drawing> {
  return (request) => Promise.resolve(events.drawing(request));
}

function isSorted(marks: readonly Mark[]): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (const mark of marks) {
    if (mark.at < before) return false;
    before = mark.at;
  }
  return true;
}

function emptyLevel(resolution: Micros, size: number): Level {
  return {
    resolution,
    t0: new Float64Array(size),
    t1: new Float64Array(size),
    n: new Uint32Array(size),
    kind: new Uint8Array(size),
    severity: new Uint8Array(size),
    sample: new Uint32Array(size),
  };
}

/** Each event a bucket of its own, by lane. */
function rawLanes(marks: readonly Mark[]): [string, Level][] {
  const sizes = new Map<string, number>();
  for (const { lane } of marks) sizes.set(lane, (sizes.get(lane) ?? 0) + 1);
  const lanes = new Map(
    [...sizes].sort().map(([key, size]) => [key, { level: emptyLevel(0, size), filled: 0 }]),
  );
  marks.forEach((mark, place) => {
    const lane = lanes.get(mark.lane);
    if (!lane) return;
    const { level } = lane;
    const index = lane.filled++;
    level.t0[index] = mark.at;
    level.t1[index] = mark.at;
    level.n[index] = 1;
    level.kind[index] = kindIndex(mark.kind);
    level.severity[index] = mark.severity;
    level.sample[index] = place;
  });
  return [...lanes].map(([key, { level }]) => [key, level]);
}

/** The levels of one lane: the finest is made at once, each coarser one when it is first wanted. */
class Levels {
  #made: Level[];

  constructor(
    readonly raw: Level,
    private readonly finest: Micros,
  ) {
    this.#made = [merged(raw, finest)];
  }

  /** Nothing where the events themselves are looked at more closely than any level is. */
  at(resolution: Micros): Level | null {
    if (resolution < this.finest) return null;
    const known = this.#made.find((level) => level.resolution === resolution);
    if (known) return known;
    const finer = this.#made.findLast((level) => level.resolution < resolution) ?? this.raw;
    const level = merged(finer, resolution);
    this.#made = [...this.#made, level].sort((one, other) => one.resolution - other.resolution);
    return level;
  }
}

/** Puts buckets together that begin in the same stretch and are of one kind. */
function merged(from: Level, resolution: Micros, within?: { start: Micros; end: Micros }): Level {
  const first = within ? lowerBound(from.t0, within.start) : 0;
  const last = within ? lowerBound(from.t0, within.end) : from.t0.length;
  const into = emptyLevel(resolution, last - first);
  const open = new Int32Array(KINDS.length).fill(-1);
  let bucket = Number.NaN;
  let size = 0;
  for (let index = first; index < last; index++) {
    const at = from.t0[index] ?? 0;
    const kind = from.kind[index] ?? 0;
    const begins = Math.floor(at / resolution);
    if (begins !== bucket) {
      open.fill(-1);
      bucket = begins;
    }
    let place = open[kind] ?? -1;
    if (place < 0) {
      place = size++;
      open[kind] = place;
      into.t0[place] = at;
      into.kind[place] = kind;
      into.sample[place] = from.sample[index] ?? 0;
    }
    into.t1[place] = from.t1[index] ?? at;
    into.n[place] = (into.n[place] ?? 0) + (from.n[index] ?? 0);
    const severity = from.severity[index] ?? 0;
    if (severity > (into.severity[place] ?? 0)) {
      into.severity[place] = severity;
      into.sample[place] = from.sample[index] ?? 0;
    }
  }
  return part(into, 0, size);
}

function sliceOf(level: Level, { start, end }: { start: Micros; end: Micros }): Level {
  return part(level, lowerBound(level.t0, start), lowerBound(level.t0, end));
}

function part(level: Level, first: number, last: number): Level {
  return {
    resolution: level.resolution,
    t0: level.t0.subarray(first, last),
    t1: level.t1.subarray(first, last),
    n: level.n.subarray(first, last),
    kind: level.kind.subarray(first, last),
    severity: level.severity.subarray(first, last),
    sample: level.sample.subarray(first, last),
  };
}
