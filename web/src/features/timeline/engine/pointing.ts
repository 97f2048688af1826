import type { Micros } from "../../../lib/time";
import type { BoardState } from "./board";
import type { Reading } from "./cursor-layer";
import { bucketAt, columnStep } from "./density";
import { kindIndex } from "./kinds";
import { type LaneBox, type Layout, laneAtY, type StripBox } from "./layout";
import { type HoleWords, type StripSeries, stripY } from "./paint-strip";
import { type Points, readingAt } from "./strips";
import type { Layer } from "./tiles";
import { timeAt } from "./view";

type Found = NonNullable<ReturnType<typeof bucketAt>>;
export type Under = Found & { box: LaneBox };

/** How far beside a density row still counts as on it. */
const NEAR_PX = 3;

interface Pointed {
  state: BoardState;
  width: number;
  layout: Layout;
  layers: readonly Layer[];
}

/** The column of a density row at a place of the board, or nothing. */
export function underPointer(x: number, y: number, { state, width, layout, layers }: Pointed): Under | null {
  const box = laneAtY(layout, y);
  if (!box) return null;
  const middle = box.densityTop + box.densityHeight / 2;
  if (Math.abs(y - middle) > box.densityHeight / 2 + NEAR_PX) return null;
  const at = timeAt(state.view, width, x);
  const drawing = layers.find(({ part }) => at >= part.start && at < part.end)?.drawing;
  const lane = drawing?.lanes.get(box.key);
  if (!drawing || !lane) return null;
  const step = columnStep(drawing.resolution, state.view, width);
  const start = Math.floor(at / step) * step;
  const hidden = new Set(state.hiddenKinds.map(kindIndex));
  // One column to each side: a column is 3 px wide and a hand is not.
  const found =
    bucketAt(lane, { start, end: start + step }, hidden) ??
    bucketAt(lane, { start: start - step, end: start + 2 * step }, hidden);
  return found ? { ...found, box } : null;
}

type Formatted = StripSeries & { format: (value: number) => string };

/** What each strip says at a moment, and where that is written. */
export function readingsAt(
  at: Micros,
  layout: Layout,
  strips: ReadonlyMap<string, Formatted>,
  pointsOf: (id: string) => Points | undefined,
  words: HoleWords,
): Reading[] {
  const boxes = layout.lanes.flatMap((lane) => lane.strips);
  return boxes.flatMap((box) => {
    const series = strips.get(box.id);
    const points = pointsOf(box.id);
    if (!series || !points) return [];
    const value = readingAt(points, at);
    const rate = series.rate === null ? undefined : pointsOf(series.rate);
    const dotY = value === null ? null : stripY(box, series, value, 0);
    const text = value === null ? holeWord(rate, at, words) : series.format(value);
    return [{ y: textY(box, dotY), dotY, text, colour: series.colour }];
  });
}

/** Below the dot, within the strip. */
function textY({ top, height }: StripBox, dotY: number | null): number {
  return Math.min(Math.max((dotY ?? top + height / 2) + 13, top + 14), top + height - 10);
}

const holeWord = (rate: Points | undefined, at: Micros, words: HoleWords): string =>
  rate && readingAt(rate, at) === 0 ? words.noRequests : words.noData;
