import type { Micros } from "../../../lib/time";
import type { Drawing, Grouping } from "./drawing";
import { contains, lengthOf, overlap, type Span } from "./view";

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
const KEPT = 24;

/** The bucket length, a power of two of microseconds, that comes nearest to one column at this zoom. */
export function resolutionFor(view: Span, width: number): Micros {
  const wanted = (lengthOf(view) / Math.max(width, 1)) * COLUMN_PX;
  return 2 ** Math.max(0, Math.round(Math.log2(Math.max(wanted, 1))));
}

/** One screen more on both sides, cut at a grid so that small moves ask for nothing new. */
export function windowFor(view: Span, resolution: Micros, bounds: Span): Span {
  const grid = resolution * 128;
  const screen = lengthOf(view);
  const start = Math.floor((view.start - screen) / grid) * grid;
  const end = Math.ceil((view.end + screen) / grid) * grid;
  const first = Math.floor(bounds.start / resolution) * resolution;
  const last = Math.ceil((bounds.end + 1) / resolution) * resolution;
  return { start: Math.max(start, first), end: Math.min(end, last) };
}

const keyOf = (filter: DrawingFilter) =>
  JSON.stringify([filter.grouping, filter.kinds, filter.services, filter.q]);

interface Kept {
  filter: string;
  drawing: Drawing;
}

/**
 * Keeps drawings of windows at resolutions, loads what the view wants, and meanwhile gives the best of what is there:
 * the picture is never empty while a sharper one is on its way.
 */
export class DrawingTiles {
  #kept: Kept[] = [];
  #loading: { key: string; request: DrawingRequest; abort: AbortController } | null = null;
  #bounds: Span = { start: 0, end: 1 };
  #filter: DrawingFilter = { grouping: "service", kinds: [], services: [], q: "" };
  error: unknown = null;

  constructor(
    private readonly fetch: FetchDrawing,
    private readonly changed: () => void,
  ) {}

  get loading(): boolean {
    return this.#loading !== null;
  }

  /** Everything that was loaded is no longer true: keep showing it, but load again. */
  #stale = new WeakSet<Drawing>();
  invalidate(): void {
    for (const { drawing } of this.#kept) this.#stale.add(drawing);
  }

  /** Says what is on the screen now; loads what is missing for it. */
  want(view: Span, width: number, bounds: Span, filter: DrawingFilter): void {
    this.#bounds = bounds;
    this.#filter = filter;
    const resolution = resolutionFor(view, width);
    const needed = this.#withMargin(view);
    const has = this.#of(filter).some(
      (drawing) =>
        drawing.resolution === resolution && contains(drawing, needed) && !this.#stale.has(drawing),
    );
    if (has) {
      this.#stopUnless(null);
      return;
    }
    const request = { ...windowFor(view, resolution, bounds), ...filter, resolution };
    const key = `${keyOf(filter)} ${request.start} ${request.end} ${resolution}`;
    if (this.#loading?.key === key) return;
    this.#stopUnless(key);
    void this.#load(key, request);
  }

  /** The sharpest known drawing for each part of the view, coarse to sharp without overlap. */
  layers(view: Span, width: number): Layer[] {
    const wanted = Math.log2(resolutionFor(view, width));
    const distance = (drawing: Drawing) =>
      Math.abs(Math.log2(drawing.resolution) - wanted) + (this.#stale.has(drawing) ? 0.5 : 0);
    const candidates = this.#of(this.#filter)
      .filter((drawing) => overlap(drawing, view))
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
    const same = (kept: Kept) =>
      kept.filter === key &&
      kept.drawing.resolution === drawing.resolution &&
      contains(drawing, kept.drawing);
    this.#kept = [{ filter: key, drawing }, ...this.#kept.filter((kept) => !same(kept))].slice(0, KEPT);
  }

  dispose(): void {
    this.#loading?.abort.abort();
  }

  #of(filter: DrawingFilter): Drawing[] {
    const key = keyOf(filter);
    return this.#kept.filter((kept) => kept.filter === key).map((kept) => kept.drawing);
  }

  #withMargin(view: Span): Span {
    const margin = lengthOf(view) / 4;
    return {
      start: Math.max(view.start - margin, Math.min(view.start, this.#bounds.start)),
      end: Math.min(view.end + margin, Math.max(view.end, this.#bounds.end)),
    };
  }

  #stopUnless(key: string | null): void {
    if (this.#loading && this.#loading.key !== key) {
      this.#loading.abort.abort();
      this.#loading = null;
    }
  }

  async #load(key: string, request: DrawingRequest): Promise<void> {
    const abort = new AbortController();
    const loading = { key, request, abort };
    this.#loading = loading;
    try {
      const drawing = await this.fetch(request, abort.signal);
      if (abort.signal.aborted) return;
      this.put(request, drawing);
      this.error = null;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = error;
    } finally {
      if (this.#loading === loading) this.#loading = null;
    }
    this.changed();
  }
}
