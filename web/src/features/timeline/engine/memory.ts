import type { Micros } from "../../../lib/time";
import { type Drawing, type LaneBuckets, lowerBound, type Mark } from "./drawing";
import { KINDS } from "./kinds";
import { orderOfTime } from "./sorting";
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

/** Events as whoever holds them has them: only what is looked at becomes a mark. */
export interface HeldEvents {
  length: number;
  at: (place: number) => Micros;
  lane: (place: number) => string;
  kind: (place: number) => number;
  severity: (place: number) => number;
  isKey: (place: number) => boolean;
  id: (place: number) => string;
  mark: (place: number) => Mark;
}

/**
 * Answers drawings from events that are already in the browser, as the server does from its store: for measuring, and
 * for pages without a server. Levels are made once, each from a finer one, so that an answer is a slice.
 */
export class MemoryEvents {
  readonly start: Micros;
  readonly end: Micros;
  /** In order of time; places below count in this order. */
  readonly #at: Float64Array;
  /** Where each place stands with who holds the events; nothing when it is the same. */
  readonly #order: Uint32Array | null;
  /** Places of the key and starred ones. */
  readonly #keys: Uint32Array;
  readonly #lanes: { key: string; levels: Levels }[];

  constructor(private readonly held: HeldEvents) {
    const at = new Float64Array(held.length);
    for (let place = 0; place < at.length; place++) at[place] = held.at(place);
    this.#order = orderOfTime(at);
    this.#at = this.#order ? Float64Array.from(this.#order, (place) => at[place] ?? 0) : at;
    this.start = this.#at[0] ?? 0;
    this.end = this.#at[this.#at.length - 1] ?? 1;
    const keys: number[] = [];
    const lanes = new Map<string, number[]>();
    for (let place = 0; place < at.length; place++) {
      const there = this.#there(place);
      if (held.isKey(there)) keys.push(place);
      const lane = held.lane(there);
      const known = lanes.get(lane);
      if (known) known.push(place);
      else lanes.set(lane, [place]);
    }
    this.#keys = Uint32Array.from(keys);
    const finest = 2 ** Math.ceil(Math.log2(Math.max((this.end - this.start) / FINEST_BUCKETS, 1)));
    this.#lanes = [...lanes.keys()]
      .sort()
      .map((key) => ({ key, levels: new Levels(this.#level(lanes.get(key) ?? []), finest) }));
  }

  #there(place: number): number {
    return this.#order ? (this.#order[place] ?? 0) : place;
  }

  /** Each event a bucket of its own. */
  #level(places: readonly number[]): Level {
    const level = emptyLevel(0, places.length);
    for (let index = 0; index < places.length; index++) {
      const place = places[index] ?? 0;
      const there = this.#there(place);
      level.t0[index] = this.#at[place] ?? 0;
      level.kind[index] = this.held.kind(there);
      level.severity[index] = this.held.severity(there);
      level.sample[index] = place;
    }
    level.n.fill(1);
    level.t1.set(level.t0);
    return level;
  }

  drawing(request: DrawingRequest): Drawing {
    const first = lowerBound(this.#at, request.start);
    const last = lowerBound(this.#at, request.end);
    const total = last - first;
    const complete = total <= RAW_LIMIT;
    const marks = complete ? this.#marksAt(range(first, last)) : this.#marksAt(this.#keysOf(first, last));
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
    return { ...rest, sample: Array.from(sample, (place) => this.held.id(this.#there(place))) };
  }

  #marksAt(places: Uint32Array): Mark[] {
    return Array.from(places, (place) => this.held.mark(this.#there(place)));
  }

  #keysOf(first: number, last: number): Uint32Array {
    const from = lowerBound(this.#keys, first);
    return this.#keys.subarray(from, Math.min(lowerBound(this.#keys, last), from + KEY_LIMIT));
  }
}

const range = (first: number, last: number): Uint32Array =>
  Uint32Array.from({ length: last - first }, (_, index) => first + index);

export function memoryFetch(events: MemoryEvents): (request: DrawingRequest) => Promise<Drawing> {
  return (request) => Promise.resolve(events.drawing(request));
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
