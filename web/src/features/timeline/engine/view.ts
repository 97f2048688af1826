import type { Micros } from "../../../lib/time";

/** A stretch of time. As the view: what of the window is on the screen. */
export interface Span {
  start: Micros;
  end: Micros;
}

/** Closer than this there is nothing to see: 20 ms over the whole board. */
export const SHORTEST_VIEW: Micros = 20_000;

export const lengthOf = (span: Span): Micros => span.end - span.start;

export function xOf(view: Span, width: number, at: Micros): number {
  return ((at - view.start) / (view.end - view.start)) * width;
}

export function timeAt(view: Span, width: number, x: number): Micros {
  return Math.round(view.start + (x / width) * (view.end - view.start));
}

/** The nearest view that lies inside the bounds and is neither too short nor longer than they are. */
export function clampView(view: Span, bounds: Span): Span {
  const longest = Math.max(lengthOf(bounds), SHORTEST_VIEW);
  const length = Math.min(Math.max(Math.round(lengthOf(view)), SHORTEST_VIEW), longest);
  const middle = (view.start + view.end) / 2;
  const start = Math.round(
    Math.min(Math.max(middle - length / 2, bounds.start), bounds.start + longest - length),
  );
  return { start, end: start + length };
}

/** Zooms so that what lies at `at` stays where it is. A factor under 1 comes closer. */
export function zoomAt(view: Span, bounds: Span, at: Micros, factor: number): Span {
  const length = Math.min(Math.max(lengthOf(view) * factor, SHORTEST_VIEW), lengthOf(bounds));
  const share = (at - view.start) / lengthOf(view);
  const start = at - share * length;
  return clampView({ start, end: start + length }, bounds);
}

/** Moves by a share of the view's own length. */
export function panBy(view: Span, bounds: Span, share: number): Span {
  const delta = lengthOf(view) * share;
  return clampView({ start: view.start + delta, end: view.end + delta }, bounds);
}

/** A little air on both sides, so that what lies at the edge can be seen and grasped. */
export function padded(span: Span, share: number): Span {
  const pad = Math.max(Math.round(lengthOf(span) * share), SHORTEST_VIEW / 2);
  return { start: span.start - pad, end: span.end + pad };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

export function overlap(one: Span, other: Span): Span | null {
  const start = Math.max(one.start, other.start);
  const end = Math.min(one.end, other.end);
  return start < end ? { start, end } : null;
}

/** Shows `at` without changing the length: stays when it is well inside, else centres on it. */
export function reveal(view: Span, bounds: Span, at: Micros): Span {
  const margin = lengthOf(view) * 0.06;
  if (at >= view.start + margin && at <= view.end - margin) return view;
  const half = lengthOf(view) / 2;
  return clampView({ start: at - half, end: at + half }, bounds);
}
