import type { Drawing, Mark } from "./drawing";
import { KINDS } from "./kinds";
import { type LaneShape, laneOrder } from "./layout";
import type { Palette } from "./palette";
import { isGap, type Points } from "./strips";
import { type Span, xOf } from "./view";

export interface MinimapFrame {
  bounds: Span;
  width: number;
  height: number;
  drawing: Drawing | null;
  lanes: readonly LaneShape[];
  marks: readonly Mark[];
  hidden: ReadonlySet<number>;
  /** The curve that tells the incident. */
  signal: { points: Points; low: number; high: number } | null;
  palette: Palette;
}

const TOP_PX = 6;
const MOST_ROWS = 7;

/** The whole capture at a glance: lanes as thin rows, the leading signal behind them. */
export function paintMinimap(pen: CanvasRenderingContext2D, frame: MinimapFrame): void {
  const { width, height, palette, bounds } = frame;
  paintSignal(pen, frame);
  const lanes = [...frame.lanes].sort(laneOrder);
  const rowHeight = Math.min(5, (height - TOP_PX * 2) / Math.max(Math.min(lanes.length, MOST_ROWS), 1));
  const rowOf = (index: number) =>
    TOP_PX + Math.floor((index / Math.max(lanes.length, 1)) * Math.min(lanes.length, MOST_ROWS)) * rowHeight;
  for (const [index, lane] of lanes.entries()) paintRow(pen, frame, lane.key, rowOf(index), rowHeight - 1.2);
  for (const mark of frame.marks) {
    const row = lanes.findIndex((lane) => lane.key === mark.lane);
    if (row < 0 || !mark.key) continue;
    pen.fillStyle = palette.kinds[KINDS.indexOf(mark.kind)] ?? palette.ink3;
    pen.fillRect(xOf(bounds, width, mark.at) - 1.25, rowOf(row) - 0.5, 2.5, rowHeight);
  }
}

function paintRow(
  pen: CanvasRenderingContext2D,
  { bounds, width, drawing, hidden, palette }: MinimapFrame,
  key: string,
  y: number,
  height: number,
): void {
  const lane = drawing?.lanes.get(key);
  if (!lane) return;
  for (let kind = 0; kind < KINDS.length; kind++) {
    if (hidden.has(kind)) continue;
    pen.fillStyle = palette.kinds[kind] ?? palette.ink3;
    let drawnUntil = -1;
    for (let index = 0; index < lane.t0.length; index++) {
      if (lane.kind[index] !== kind) continue;
      const x = Math.round(xOf(bounds, width, lane.t0[index] ?? 0));
      if (x <= drawnUntil) continue;
      pen.globalAlpha = Math.min(0.85, 0.3 + 0.09 * Math.log2(1 + (lane.n[index] ?? 0)));
      pen.fillRect(x, y, 1.5, height);
      drawnUntil = x;
    }
  }
  pen.globalAlpha = 1;
}

function paintSignal(
  pen: CanvasRenderingContext2D,
  { bounds, width, height, signal, palette }: MinimapFrame,
): void {
  if (!signal || signal.points.t.length === 0) return;
  const { points, low, high } = signal;
  pen.beginPath();
  /** Where the last measured point stands; nothing after a stretch in which nothing was measured. */
  let last: number | null = null;
  for (let index = 0; index < points.t.length; index++) {
    const value = points.v[index] ?? Number.NaN;
    const x = xOf(bounds, width, points.t[index] ?? 0);
    if (last !== null && (Number.isNaN(value) || isGap(points, index))) {
      pen.lineTo(last, height);
      last = null;
    }
    if (Number.isNaN(value)) continue;
    if (last === null) pen.moveTo(x, height);
    pen.lineTo(x, height - 2 - ((value - low) / (high - low || 1)) * (height - 12));
    last = x;
  }
  if (last !== null) pen.lineTo(last, height);
  pen.fillStyle = palette.anomalyHatch;
  pen.fill();
}
