import type { Micros } from "../../../lib/time";
import type { Drawing, Grouping } from "./drawing";
import { lengthOf, overlap, type Span } from "./view";

/** What is drawn, apart from where: everything that makes one drawing differ from another of the same stretch. */
export interface DrawingFilter {
  grouping: Grouping;
  kinds: readonly string[];
  services: readonly string[];
  q: string;
}

export interface DrawingRequest extends Span, DrawingFilter {
  resolution: Micros;
}

export type FetchDrawing = (request: DrawingRequest, signal: AbortSignal) => Promise<Drawing>;

export interface Layer {
  drawing: Drawing;
  part: Span;
}

const COLUMN_PX = 4;
/** Buckets of one kind in one lane that a tile holds: about one screen. */
const TILE_BUCKETS = 256;
const KEPT = 120;
/** What failed is asked for again after this long, or when a person wants it. */
const REST_MS = 5_000;

/** The bucket length, a power of two of microseconds, that comes nearest to one column at this zoom. */
export function resolutionFor(view: Span, width: number): Micros {
  const wanted = (lengthOf(view) / Math.max(width, 1)) * COLUMN_PX;
  return 2 ** Math.max(0, Math.round(Math.log2(Math.max(wanted, 1))));
}

/** The tiles of the view and one more on both sides, those in sight first. Tiles stand at multiples of their length. */
export function tilesFor(view: Span, resolution: Micros, bounds: Span): { seen: Span[]; near: Span[] } {
  const length = resolution * TILE_BUCKETS;
  const tile = (index: number): Span => ({ start: index * length, end: (index + 1) * length });
  const first = Math.floor(view.start / length);
  const last = Math.ceil(view.end / length) - 1;
  const inBounds = (span: Span) => overlap(span, { start: bounds.start, end: bounds.end + 1 }) !== null;
  const seen: Span[] = [];
  for (let index = first; index <= last; index++) seen.push(tile(index));
  return { seen: seen.filter(inBounds), near: [tile(first - 1), tile(last + 1)].filter(inBounds) };
}

/** How much worse than one step of resolution: a mark must not vanish for a picture that is merely newer. */
const STALE = 0.5;
const INCOMPLETE = 0.6;

const wholeOf = (key: string) => `${key} whole`;
const keyOf = ({ grouping, kinds, services, q }: DrawingFilter) =>
  JSON.stringify([grouping, kinds, services, q]);

interface Kept {
  filter: string;
  drawing: Drawing;
}

/**
 * Keeps drawings of tiles, loads those that the view wants, and meanwhile gives the best of what is there: the picture
 * is never empty while a sharper one is on its way.
 */
export class DrawingTiles {
  /** The latest used last. */
  #kept = new Map<string, Kept>();
  #loading = new Map<string, AbortController>();
  #failedAt = new Map<string, number>();
  #filter: DrawingFilter = { grouping: "service", kinds: [], services: [], q: "" };
  #stale = new WeakSet<Drawing>();
  error: unknown = null;

  constructor(
    private readonly load: FetchDrawing,
    private readonly changed: () => void,
  ) {}

  get loading(): boolean {
    return this.#loading.size > 0;
  }

  /** What was loaded is no longer true: it is shown until it has been loaded again. */
  invalidate(): void {
    this.#failedAt.clear();
    for (const { drawing } of this.#kept.values()) this.#stale.add(drawing);
  }

  /** Says what is on the screen now; loads what is missing for it and gives up on what nobody waits for. */
  want(view: Span, width: number, bounds: Span, filter: DrawingFilter): void {
    this.#filter = filter;
    const resolution = resolutionFor(view, width);
    const { seen, near } = tilesFor(view, resolution, bounds);
    const name = (tile: Span) => `${keyOf(filter)} ${resolution} ${tile.start}`;
    const whole = this.#kept.get(wholeOf(keyOf(filter)))?.drawing;
    const isEnough = !!whole?.complete && whole.resolution <= resolution && !this.#stale.has(whole);
    const missing = (tiles: readonly Span[]) =>
      isEnough ? [] : tiles.filter((tile) => !this.#has(name(tile)));
    const wanted = new Set([...seen, ...near].map(name));
    for (const [key, abort] of this.#loading) {
      if (wanted.has(key)) continue;
      abort.abort();
      this.#loading.delete(key);
    }
    const first = missing(seen);
    // Neighbours wait until what is in sight has come.
    for (const tile of first.length > 0 ? first : missing(near)) {
      const key = name(tile);
      const rests = Date.now() - (this.#failedAt.get(key) ?? 0) < REST_MS;
      if (!this.#loading.has(key) && !rests) void this.#fetch(key, { ...tile, ...filter, resolution });
    }
  }

  /** The sharpest known drawing for each part of the view, without overlap. */
  layers(view: Span, width: number): Layer[] {
    const filter = keyOf(this.#filter);
    const wanted = Math.log2(resolutionFor(view, width));
    const distance = (drawing: Drawing) =>
      Math.abs(Math.log2(drawing.resolution) - wanted) +
      (this.#stale.has(drawing) ? STALE : 0) +
      (drawing.complete ? 0 : INCOMPLETE);
    const candidates = [...this.#kept.values()]
      .filter((kept) => kept.filter === filter && overlap(kept.drawing, view) !== null)
      .map(({ drawing }) => drawing)
      .sort((one, other) => distance(one) - distance(other));
    const layers: Layer[] = [];
    let open: Span[] = [view];
    for (const drawing of candidates) {
      const left: Span[] = [];
      for (const gap of open) {
        const part = overlap(gap, drawing);
        if (!part) {
          left.push(gap);
          continue;
        }
        layers.push({ drawing, part });
        if (gap.start < part.start) left.push({ start: gap.start, end: part.start });
        if (part.end < gap.end) left.push({ start: part.end, end: gap.end });
      }
      open = left;
      if (open.length === 0) break;
    }
    return layers;
  }

  /** Puts a drawing in from elsewhere, such as the one of the whole window that the minimap has loaded. */
  put(filter: DrawingFilter, drawing: Drawing): void {
    const key = keyOf(filter);
    this.#keep(wholeOf(key), { filter: key, drawing });
  }

  dispose(): void {
    for (const abort of this.#loading.values()) abort.abort();
    this.#loading.clear();
  }

  #has(key: string): boolean {
    const kept = this.#kept.get(key);
    if (!kept || this.#stale.has(kept.drawing)) return false;
    this.#keep(key, kept);
    return true;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #fetch(key: string, request: DrawingRequest): Promise<void> {
    const abort = new AbortController();
    this.#loading.set(key, abort);
    try {
      const drawing = await this.load(request, abort.signal);
      if (abort.signal.aborted) return;
      this.#keep(key, { filter: keyOf(request), drawing });
      this.#failedAt.delete(key);
      this.error = null;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#failedAt.set(key, Date.now());
      this.error = error;
    } finally {
      if (this.#loading.get(key) === abort) this.#loading.delete(key);
    }
    this.changed();
  }
}
