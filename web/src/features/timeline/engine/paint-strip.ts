import { lowerBound } from "./drawing";
import type { StripBox } from "./layout";
import type { Palette } from "./palette";
import { isGap, isQuiet, missing, type Points } from "./strips";
import { type Span, xOf } from "./view";

/** What a strip needs to know of its series apart from its points. */
export interface StripSeries {
  id: string;
  colour: string;
  low: number;
  high: number;
  anomalies: readonly Span[];
  baseline: { low: number; high: number } | null;
  /** The series that counts the calls of which this one says something. */
  rate: string | null;
}

export interface StripFrame {
  view: Span;
  width: number;
  scrollTop: number;
  palette: Palette;
  anomalyHatch: CanvasPattern | string;
  missingHatch: CanvasPattern | string;
  words: HoleWords;
  /** The view moves: what takes long and is not seen in flight is left out. */
  inFlight: boolean;
  /** Pixels of the screen for one of ours. */
  ratio: number;
}

/** Where a curve has a hole: nothing was measured, or there was nothing to measure. */
export interface HoleWords {
  noData: string;
  noRequests: string;
}

const CURVE_PX = 1.5;
const TOP_PX = 5;
const BOTTOM_PX = 5;

export function stripY(box: StripBox, series: StripSeries, value: number, scrollTop: number): number {
  const bottom = box.top + box.height - BOTTOM_PX - scrollTop;
  const room = box.height - BOTTOM_PX - TOP_PX - 3;
  const share = (value - series.low) / (series.high - series.low || 1);
  return bottom - 1 - Math.min(Math.max(share, -0.05), 1.05) * room;
}

/** The points of a series, and of what counts its calls. */
export interface Measured {
  own: Points | undefined;
  rate: Points | undefined;
}

/** A curve on the axis of the board, with what is unusual, what is usual and what is not known about it. */
export function paintStrip(
  pen: CanvasRenderingContext2D,
  box: StripBox,
  series: StripSeries,
  { own: points, rate }: Measured,
  frame: StripFrame,
): void {
  const { view, width, palette } = frame;
  const top = box.top - frame.scrollTop + TOP_PX - 2;
  const bottom = box.top + box.height - BOTTOM_PX - frame.scrollTop;
  for (const anomaly of series.anomalies) paintAnomaly(pen, anomaly, top, bottom, frame);
  if (series.baseline) {
    const high = stripY(box, series, series.baseline.high, frame.scrollTop);
    const low = stripY(box, series, series.baseline.low, frame.scrollTop);
    pen.fillStyle = palette.baseline;
    pen.fillRect(0, high, width, Math.max(low - high, 2));
  }
  pen.fillStyle = palette.line;
  pen.fillRect(0, Math.round(bottom), width, 1);
  if (!points) return;
  for (const hole of missing(points, view)) {
    if (isQuiet(rate, hole)) paintQuiet(pen, hole, series.colour, top, bottom, frame);
    else paintHole(pen, hole, top, bottom, frame);
  }
  paintCurve(pen, box, series, points, frame, bottom);
}

function paintAnomaly(
  pen: CanvasRenderingContext2D,
  anomaly: Span,
  top: number,
  bottom: number,
  frame: StripFrame,
): void {
  const from = Math.max(xOf(frame.view, frame.width, anomaly.start), -4);
  const to = Math.min(xOf(frame.view, frame.width, anomaly.end), frame.width + 4);
  if (to < 0 || from > frame.width) return;
  const length = Math.max(to - from, 2);
  pen.fillStyle = frame.palette.anomaly;
  pen.fillRect(from, top + 1.5, length, bottom - top - 1.5);
  pen.fillStyle = frame.anomalyHatch;
  pen.fillRect(from, top + 1.5, length, 5);
  pen.fillStyle = frame.palette.anomalyEdge;
  pen.fillRect(from, top, length, 1.5);
}

function paintHole(
  pen: CanvasRenderingContext2D,
  hole: Span,
  top: number,
  bottom: number,
  frame: StripFrame,
): void {
  const from = xOf(frame.view, frame.width, hole.start);
  const to = xOf(frame.view, frame.width, hole.end);
  if (to - from < 3) return;
  pen.fillStyle = frame.missingHatch;
  pen.fillRect(from, top + 4, to - from, bottom - top - 4);
  label(pen, frame.words.noData, from, to, (top + bottom) / 2, frame);
}

/** Nothing came, and that is known: a dashed line on the ground, not the hatch of what nobody knows. */
function paintQuiet(
  pen: CanvasRenderingContext2D,
  hole: Span,
  colour: string,
  top: number,
  bottom: number,
  frame: StripFrame,
): void {
  const from = Math.max(xOf(frame.view, frame.width, hole.start), -4);
  const to = Math.min(xOf(frame.view, frame.width, hole.end), frame.width + 4);
  if (to - from < 3) return;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.setLineDash([2, 4]);
  pen.beginPath();
  pen.moveTo(from, bottom - 1);
  pen.lineTo(to, bottom - 1);
  pen.stroke();
  pen.setLineDash([]);
  label(pen, frame.words.noRequests, from, to, (top + bottom) / 2, frame);
}

function label(
  pen: CanvasRenderingContext2D,
  text: string,
  from: number,
  to: number,
  y: number,
  frame: StripFrame,
): void {
  const seen = { from: Math.max(from, 0), to: Math.min(to, frame.width) };
  pen.font = LABEL_FONT;
  const width = pen.measureText(text).width + 8;
  if (seen.to - seen.from < width + 8) return;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const middle = (seen.from + seen.to) / 2;
  pen.fillStyle = frame.palette.surface;
  pen.fillRect(middle - width / 2, y - 7, width, 15);
  pen.fillStyle = frame.palette.ink3;
  pen.fillText(text, middle, y + 1);
}

export const LABEL_FONT = '11px "Inter Variable", Inter, system-ui, "Noto Sans CJK SC", sans-serif';

function paintCurve(
  pen: CanvasRenderingContext2D,
  box: StripBox,
  series: StripSeries,
  points: Points,
  frame: StripFrame,
  bottom: number,
): void {
  const { view, width, scrollTop } = frame;
  const { t, v } = points;
  const scale = width / (view.end - view.start);
  const first = Math.max(lowerBound(t, view.start) - 1, 0);
  const last = Math.min(lowerBound(t, view.end) + 1, t.length);
  const line = new Path2D();
  const area = new Path2D();
  /** Where the stretch without holes began that is being drawn. */
  let runStart: number | null = null;
  let x = 0;
  const close = () => {
    if (runStart === null) return;
    area.lineTo(x, bottom);
    area.lineTo(runStart, bottom);
    area.closePath();
    runStart = null;
  };
  let filledUntil = Number.NEGATIVE_INFINITY;
  for (let index = first; index < last; index++) {
    const value = v[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      close();
      continue;
    }
    const nextX = ((t[index] ?? 0) - view.start) * scale;
    const y = stripY(box, series, value, scrollTop);
    if (runStart === null || isGap(points, index)) {
      close();
      line.moveTo(nextX, y);
      area.moveTo(nextX, y);
      runStart = nextX;
    } else if (nextX - filledUntil >= 0.5 || index === last - 1) {
      line.lineTo(nextX, y);
      area.lineTo(nextX, y);
    } else {
      continue;
    }
    filledUntil = nextX;
    x = nextX;
  }
  close();
  pen.fillStyle = series.colour;
  pen.globalAlpha = 0.09;
  pen.fill(area);
  pen.globalAlpha = 1;
  pen.strokeStyle = series.colour;
  pen.lineJoin = "bevel";
  if (frame.inFlight) strokeInFlight(pen, line, frame.ratio);
  else {
    pen.lineWidth = CURVE_PX;
    pen.stroke(line);
  }
}

/**
 * Lines of one pixel of the screen, side by side: without a graphics card browsers draw these ten times as fast as a
 * wider one, whose outline they have to find first. Where a curve falls steeply it is thinner for as long as it moves.
 */
function strokeInFlight(pen: CanvasRenderingContext2D, line: Path2D, ratio: number): void {
  pen.lineWidth = 1 / ratio;
  const count = Math.max(Math.round(CURVE_PX * ratio), 2);
  const apart = (CURVE_PX - pen.lineWidth) / (count - 1);
  for (let index = 0; index < count; index++) {
    const offset = (index - (count - 1) / 2) * apart;
    pen.translate(0, offset);
    pen.stroke(line);
    pen.translate(0, -offset);
  }
}
