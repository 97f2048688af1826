import type { Points } from "./strips";
import { contains, lengthOf, type Span } from "./view";

export type FetchPoints = (
  ids: readonly string[],
  span: Span,
  signal: AbortSignal,
) => Promise<Map<string, Points>>;

/** The points of the shown series for the window around the view; the earlier ones stay until sharper ones are there. */
export class StripPoints {
  #points = new Map<string, Points>();
  #loading: { key: string; abort: AbortController } | null = null;
  error: unknown = null;

  constructor(
    private readonly fetch: FetchPoints,
    private readonly changed: () => void,
  ) {}

  get(id: string): Points | undefined {
    return this.#points.get(id);
  }

  invalidate(): void {
    this.#points.clear();
  }

  want(ids: readonly string[], view: Span, bounds: Span): void {
    const wanted = ids.filter((id) => !serves(this.#points.get(id), view, bounds));
    if (wanted.length === 0) return;
    const span = around(view, bounds);
    const key = `${wanted.join()} ${span.start} ${span.end}`;
    if (this.#loading?.key === key) return;
    this.#loading?.abort.abort();
    void this.#load(key, wanted, span);
  }

  dispose(): void {
    this.#loading?.abort.abort();
  }

  async #load(key: string, ids: readonly string[], span: Span): Promise<void> {
    const loading = { key, abort: new AbortController() };
    this.#loading = loading;
    try {
      const answer = await this.fetch(ids, span, loading.abort.signal);
      if (loading.abort.signal.aborted) return;
      for (const [id, points] of answer) this.#points.set(id, points);
      this.error = null;
    } catch (error) {
      if (loading.abort.signal.aborted) return;
      this.error = error;
    } finally {
      if (this.#loading === loading) this.#loading = null;
    }
    this.changed();
  }
}

/** One screen more on both sides, at a grid of half screens. */
function around(view: Span, bounds: Span): Span {
  const grid = 2 ** Math.round(Math.log2(lengthOf(view) / 2));
  return {
    start: Math.max(Math.floor((view.start - lengthOf(view)) / grid) * grid, bounds.start),
    end: Math.min(Math.ceil((view.end + lengthOf(view)) / grid) * grid, bounds.end),
  };
}

/** Whether these points cover the view and are fine enough for it: their window at most five screens long. */
function serves(points: Points | undefined, view: Span, bounds: Span): boolean {
  if (!points) return false;
  const needed = { start: Math.max(view.start, bounds.start), end: Math.min(view.end, bounds.end) };
  if (!contains(points, needed)) return false;
  return points.complete || lengthOf(points) <= lengthOf(view) * 5;
}
