import type { Micros } from "../../../lib/time";
import type { Arc } from "./arcs";
import type { Layout } from "./layout";
import { paintDensity } from "./paint-density";
import { type HoleWords, paintStrip, type StripSeries } from "./paint-strip";
import type { Palette } from "./palette";
import type { Points } from "./strips";
import type { Layer } from "./tiles";
import { type Span, xOf } from "./view";

/** All that one frame shows. Pixels are CSS pixels; y counts from the top of the board, not of the screen. */
export interface Frame {
  view: Span;
  width: number;
  height: number;
  scrollTop: number;
  layout: Layout;
  layers: readonly Layer[];
  hidden: ReadonlySet<number>;
  densest: number;
  ticks: readonly Micros[];
  clocks: readonly Micros[];
  arcs: readonly Arc[];
  series: ReadonlyMap<string, StripSeries>;
  points: (id: string) => Points | undefined;
  palette: Palette;
  anomalyHatch: CanvasPattern | string;
  missingHatch: CanvasPattern | string;
  words: HoleWords;
  inFlight: boolean;
  ratio: number;
  /** Stretches of marks that last, drawn as a bar from the mark to its end. */
  lasting: readonly { start: Micros; end: Micros; y: number; kind: number }[];
}

/** Draws the board back to front in one pass, only the lanes that can be seen. */
export function paintBoard(pen: CanvasRenderingContext2D, frame: Frame): void {
  const { layout, scrollTop, height, palette, width } = frame;
  const visible = layout.lanes.filter(
    (lane) => lane.top + lane.height > scrollTop && lane.top < scrollTop + height,
  );
  pen.lineWidth = 1;
  paintGrid(pen, frame);
  for (const lane of visible) {
    for (const box of lane.strips) {
      const series = frame.series.get(box.id);
      if (!series) continue;
      const rate = series.rate === null ? undefined : frame.points(series.rate);
      paintStrip(pen, box, series, { own: frame.points(box.id), rate }, frame);
    }
    paintDensity(pen, lane, frame.layers, frame);
    pen.fillStyle = palette.lineStrong;
    pen.fillRect(0, Math.round(lane.top + lane.height - scrollTop) - 1, width, 1);
  }
  paintClocks(pen, frame);
  paintLasting(pen, frame);
  paintArcs(pen, frame);
}

function paintGrid(pen: CanvasRenderingContext2D, { ticks, view, width, height, palette }: Frame): void {
  pen.fillStyle = palette.line;
  for (const at of ticks) pen.fillRect(Math.round(xOf(view, width, at)), 0, 1, height);
}

function paintClocks(pen: CanvasRenderingContext2D, frame: Frame): void {
  const { clocks, view, width, palette } = frame;
  const bottom = Math.min(frame.layout.height - frame.scrollTop, frame.height);
  pen.strokeStyle = palette.ink2;
  pen.lineWidth = 1;
  pen.setLineDash([1, 3]);
  pen.beginPath();
  for (const at of clocks) {
    const x = Math.round(xOf(view, width, at)) + 0.5;
    if (x < 0 || x > width) continue;
    pen.moveTo(x, 0);
    pen.lineTo(x, bottom);
  }
  pen.stroke();
  pen.setLineDash([]);
}

function paintLasting(
  pen: CanvasRenderingContext2D,
  { lasting, view, width, scrollTop, palette }: Frame,
): void {
  pen.globalAlpha = 0.5;
  for (const { start, end, y, kind } of lasting) {
    const from = xOf(view, width, start);
    const length = xOf(view, width, end) - from;
    if (length < 8) continue;
    pen.fillStyle = palette.kinds[kind] ?? palette.ink3;
    pen.fillRect(from, y - scrollTop + 8, length, 2);
  }
  pen.globalAlpha = 1;
}

function paintArcs(pen: CanvasRenderingContext2D, { arcs, palette, scrollTop }: Frame): void {
  pen.strokeStyle = palette.ink;
  for (const { from, control1, control2, to, width, opacity, dashed } of arcs) {
    pen.globalAlpha = opacity;
    pen.lineWidth = width;
    pen.setLineDash(dashed ? [3, 3] : []);
    pen.beginPath();
    pen.moveTo(from.x, from.y - scrollTop);
    pen.bezierCurveTo(
      control1.x,
      control1.y - scrollTop,
      control2.x,
      control2.y - scrollTop,
      to.x,
      to.y - scrollTop,
    );
    pen.stroke();
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}
