import type { Micros } from "../../../lib/time";
import type { Relation } from "./arcs";
import type { Drawing, Mark } from "./drawing";
import type { StripChoice } from "./lanes";
import type { LaneShape, Layout } from "./layout";
import type { HoleWords, StripSeries } from "./paint-strip";
import type { Cause } from "./scene";
import type { Points } from "./strips";
import type { Ticks } from "./ticks";

export interface StageElements {
  map: HTMLElement;
  mapCanvas: HTMLCanvasElement;
  mapFrame: HTMLElement;
  axis: HTMLElement;
  /** Follows the view like the marks do; its children carry `data-start` and `data-end` in microseconds. */
  phases: HTMLElement;
  scroller: HTMLElement;
  /** As high as the board; the canvas is as high as the screen shows. */
  plot: HTMLElement;
  canvas: HTMLCanvasElement;
  marks: HTMLElement;
  range: HTMLElement;
}

export type StageClasses = Record<
  | "mark"
  | "pulse"
  | "selected"
  | "picked"
  | "faded"
  | "sub"
  | "name"
  | "score"
  | "cause"
  | "tick"
  | "day"
  | "line"
  | "time"
  | "reading"
  | "dot"
  | "left",
  string
>;

/** What the stage shows apart from the board's own state. */
export interface StageData {
  overview: Drawing | null;
  series: readonly StripChoice[];
  strips: ReadonlyMap<string, StripSeries & { format: (value: number) => string }>;
  /** The curve behind the minimap, over the whole window. */
  signal: { points: Points; low: number; high: number } | null;
  clocks: readonly Micros[];
  relations: readonly Relation[];
  cause: Cause | null;
  /** What people did, in whatever drawing: few, and always shown. */
  acts: readonly Mark[];
  /** Events that have to be shown though no drawing has them: the selected one and its relations. */
  extra: readonly Mark[];
  texts: StageTexts;
}

export interface StageTexts {
  offsetAt: (at: Micros) => Micros;
  tick: (at: Micros, unit: Ticks["unit"], dayChange: boolean) => string;
  time: (at: Micros, unit: Ticks["unit"]) => string;
  label: (mark: Mark) => string;
  holes: HoleWords;
}

export interface StageHooks {
  select: (id: string, at: Micros) => void;
  layout: (layout: Layout, lanes: readonly LaneShape[]) => void;
  /** What lies under the pointer in a density row, or nothing. */
  hover: (found: Hover | null) => void;
}

export interface Hover {
  clientX: number;
  clientY: number;
  lane: string;
  counts: readonly number[];
  total: number;
  start: Micros;
  end: Micros;
}
