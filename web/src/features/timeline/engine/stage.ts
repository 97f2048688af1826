import type { Micros } from "../../../lib/time";
import type { Relation } from "./arcs";
import { AxisLayer } from "./axis-layer";
import { type Board, drawingFilter } from "./board";
import { CursorLayer, type Reading } from "./cursor-layer";
import { bucketAt, columnStep, densestOfAll } from "./density";
import type { Drawing, Mark } from "./drawing";
import { AxisDrag, FrameDrag, Gestures } from "./gestures";
import { kindIndex } from "./kinds";
import { foldedLanes, laneShapes, type StripChoice } from "./lanes";
import { type LaneBox, type LaneShape, type Layout, laneAtY, layOut } from "./layout";
import { MarkLayer, NameWidths } from "./mark-layer";
import { Moving } from "./moving";
import { paintBoard } from "./paint-board";
import { paintMinimap } from "./paint-minimap";
import { type HoleWords, type StripSeries, stripY } from "./paint-strip";
import { hatch, type Palette, readPalette, Surface } from "./palette";
import { type Cause, makeScene } from "./scene";
import { type Points, readingAt } from "./strips";
import type { StripPoints } from "./strips-cache";
import { makeTicks, type Ticks } from "./ticks";
import type { DrawingTiles } from "./tiles";
import { type Span, timeAt, xOf } from "./view";

/** How much less time is shown after a press on many events. */
const CLOSER = 0.25;

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

const NAME_FONT = '500 12px "Inter Variable", Inter, system-ui, "Noto Sans CJK SC", sans-serif';
const WANT_EVERY_MS = 70;
/** Of a lane so much must be seen that its names can be read. */
const NAMES_PX = 90;
/** A label this close to the edge would be cut. */
const AXIS_EDGE_PX = 22;

/** Draws the board whenever something changed, at most once a frame. Owns every element inside the plot. */
export class Stage {
  readonly #surface: Surface;
  readonly #mapSurface: Surface;
  readonly #marks: MarkLayer;
  readonly #axis: AxisLayer;
  readonly #cursor: CursorLayer;
  readonly #moving: Moving;
  readonly #names = new NameWidths(NAME_FONT);
  readonly #disposers: (() => void)[] = [];
  #data: StageData | null = null;
  #palette: Palette;
  #hatches: { anomaly: CanvasPattern | string; missing: CanvasPattern | string } = {
    anomaly: "",
    missing: "",
  };
  #lanes: LaneShape[] = [];
  #layout: Layout = { lanes: [], height: 0 };
  #layoutFor: unknown[] = [];
  #mapFor: unknown[] = [];
  #frame = 0;
  #wanted = 0;
  #wantTimer: ReturnType<typeof setTimeout> | undefined;
  #pointer: { x: number; y: number } | null = null;
  #width = 0;
  #height = 0;
  /** Read once for each scroll: asking for it in a frame would lay the page out twice. */
  #scrollTop = 0;
  #shownView: Span | null = null;
  /** The lane to keep in sight while what is loaded moves the lanes; until a person scrolls. */
  #followed: { lane: string; top: number } | null = null;

  constructor(
    private readonly elements: StageElements,
    private readonly board: Board,
    private readonly tiles: DrawingTiles,
    private readonly points: StripPoints,
    private readonly hooks: StageHooks,
    classes: StageClasses,
  ) {
    this.#surface = new Surface(elements.canvas);
    this.#mapSurface = new Surface(elements.mapCanvas);
    this.#marks = new MarkLayer(elements.marks, classes);
    this.#moving = new Moving(elements.marks, () => this.invalidate());
    this.#axis = new AxisLayer(elements.axis, classes);
    this.#cursor = new CursorLayer(elements.plot, elements.axis, classes);
    this.#palette = readPalette(elements.plot);
    const width = () => this.#width;
    const gestures = new Gestures(elements.plot, board, {
      width,
      hover: (x, y, event) => this.#hover(x, y, event),
      leave: () => this.#leave(),
      press: (x, y) => this.#press(x, y),
    });
    const map = new FrameDrag(elements.map, board, width);
    const axis = new AxisDrag(elements.axis, board, width);
    const resize = new ResizeObserver(() => this.measure());
    resize.observe(elements.scroller);
    const scroll = () => {
      this.#scrollTop = elements.scroller.scrollTop;
      if (this.#followed && Math.abs(this.#followed.top - this.#scrollTop) > 1) this.#followed = null;
      this.invalidate();
    };
    elements.scroller.addEventListener("scroll", scroll, { passive: true });
    this.#disposers.push(
      board.subscribe(() => this.invalidate()),
      () => gestures.dispose(),
      () => map.dispose(),
      () => axis.dispose(),
      () => resize.disconnect(),
      () => this.#moving.dispose(),
      () => elements.scroller.removeEventListener("scroll", scroll),
    );
    this.measure();
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#wantTimer);
    for (const dispose of this.#disposers) dispose();
  }

  show(data: StageData): void {
    this.#data = data;
    this.invalidate();
  }

  /** Colours changed with the theme. */
  restyle(): void {
    this.#palette = readPalette(this.elements.plot);
    this.#makeHatches();
    this.invalidate();
  }

  measure(): void {
    this.#width = this.elements.plot.clientWidth;
    this.#height = this.elements.scroller.clientHeight;
    this.#scrollTop = this.elements.scroller.scrollTop;
    const ratio = globalThis.devicePixelRatio || 1;
    if (this.#surface.resize(this.#width, this.#height, ratio)) this.#makeHatches();
    if (this.#mapSurface.resize(this.#width, this.elements.map.clientHeight, ratio)) this.#mapFor = [];
    this.invalidate();
  }

  invalidate(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.paint();
    });
  }

  focusMark(id: string): void {
    this.#marks.focus(id);
  }

  /** Scrolls the lane of a mark into sight, and again when loading has moved it. */
  revealLane(key: string): void {
    this.#followed = { lane: key, top: this.#scrollTop };
    this.#follow();
  }

  #follow(): void {
    const lane = this.#layout.lanes.find(({ key }) => key === this.#followed?.lane);
    if (!lane || !this.#followed) return;
    const least = lane.top + Math.min(lane.height, this.#height) - this.#height;
    const isBelow = lane.top + Math.min(lane.height, NAMES_PX) > this.#scrollTop + this.#height;
    const wanted = lane.top < this.#scrollTop ? lane.top : isBelow ? least : this.#scrollTop;
    const { scroller } = this.elements;
    if (wanted !== this.#scrollTop) scroller.scrollTop = wanted;
    this.#scrollTop = scroller.scrollTop;
    this.#followed.top = this.#scrollTop;
  }

  /** Every mark that is known in the view, in order of time. */
  knownMarks(): Mark[] {
    const byId = new Map<string, Mark>();
    for (const { drawing } of this.tiles.layers(this.board.get().view, this.#width)) {
      for (const mark of drawing.marks) byId.set(mark.id, mark);
    }
    for (const mark of this.#data?.overview?.marks ?? []) byId.set(mark.id, mark);
    for (const mark of this.#data?.acts ?? []) byId.set(mark.id, mark);
    for (const mark of this.#data?.extra ?? []) byId.set(mark.id, mark);
    return [...byId.values()];
  }

  layout(): Layout {
    return this.#layout;
  }

  paint(): void {
    const data = this.#data;
    if (!data || this.#width <= 0) return;
    const state = this.board.get();
    const { view } = state;
    if (this.#shownView && this.#shownView !== view) this.#moving.touch();
    this.#shownView = view;
    this.#want();
    this.#layLanes(data);
    const ticks = makeTicks(view, this.#width, data.texts.offsetAt);
    const scene = makeScene(
      {
        state,
        layout: this.#layout,
        marks: this.knownMarks(),
        relations: data.relations,
        cause: data.cause,
        nameWidth: (text) => this.#names.of(text),
        label: data.texts.label,
      },
      this.#width,
    );
    const layers = this.tiles.layers(view, this.#width);
    const drawings = layers.map(({ drawing }) => drawing);
    this.#surface.clear();
    paintBoard(this.#surface.context, {
      view,
      width: this.#width,
      height: this.#height,
      scrollTop: this.#scrollTop,
      layout: this.#layout,
      layers,
      densest: densestOfAll(data.overview ? [data.overview, ...drawings] : drawings),
      hidden: new Set(state.hiddenKinds.map(kindIndex)),
      ticks: ticks.ticks.map(({ at }) => at),
      clocks: data.clocks,
      arcs: scene.arcs,
      series: data.strips,
      points: (id) => this.points.get(id),
      palette: this.#palette,
      anomalyHatch: this.#hatches.anomaly,
      missingHatch: this.#hatches.missing,
      words: data.texts.holes,
      inFlight: this.#moving.isMoving,
      ratio: this.#surface.ratio,
      lasting: scene.lasting,
    });
    this.#marks.render(scene.shown, view, this.#width);
    this.#paintAxis(ticks, data);
    this.#placePhases();
    this.#placeRange();
    this.#paintMap(data);
    this.#paintCursor(data, ticks.unit);
  }

  #want(): void {
    const now = performance.now();
    if (now - this.#wanted < WANT_EVERY_MS) {
      this.#wantTimer ??= setTimeout(() => {
        this.#wantTimer = undefined;
        this.#want();
      }, WANT_EVERY_MS);
      return;
    }
    this.#wanted = now;
    const state = this.board.get();
    this.tiles.want(state.view, this.#width, state.bounds, drawingFilter(state));
    const shown = this.#lanes.flatMap(({ strips }) => strips);
    const rates = shown.flatMap((id) => this.#data?.strips.get(id)?.rate ?? []);
    const ids = [...new Set([...shown, ...rates])];
    if (ids.length > 0) this.points.want(ids, state.view, state.bounds);
  }

  #layLanes(data: StageData): void {
    const { grouping, strips, home, services, folds } = this.board.get();
    const now = [
      data.overview,
      data.series,
      grouping,
      strips,
      home,
      services,
      folds,
      this.#width,
      this.#height,
    ];
    if (now.every((value, index) => value === this.#layoutFor[index])) return;
    this.#layoutFor = now;
    this.#lanes = laneShapes({
      state: { grouping, strips, home, services },
      overview: data.overview,
      acts: data.acts,
      series: data.series,
      width: this.#width,
      nameWidth: (text) => this.#names.of(text),
    });
    this.#layout = layOut(this.#lanes, foldedLanes(this.#lanes, folds), this.#height);
    this.elements.plot.style.height = `${Math.max(this.#layout.height, this.#height)}px`;
    this.#follow();
    this.hooks.layout(this.#layout, this.#lanes);
  }

  #makeHatches(): void {
    const { context, ratio } = this.#surface;
    this.#hatches = {
      anomaly: hatch(context, this.#palette.anomalyHatch, ratio),
      missing: hatch(context, this.#palette.lineStrong, ratio),
    };
  }

  #paintAxis({ ticks, unit }: Ticks, { texts }: StageData): void {
    const { view } = this.board.get();
    this.#axis.render(
      ticks
        .map(({ at, dayChange }) => ({
          x: xOf(view, this.#width, at),
          text: texts.tick(at, unit, dayChange),
          strong: dayChange,
        }))
        .filter(({ x }) => x > AXIS_EDGE_PX && x < this.#width - AXIS_EDGE_PX),
    );
  }

  #placePhases(): void {
    const { view } = this.board.get();
    for (const child of this.elements.phases.children) {
      if (!(child instanceof HTMLElement)) continue;
      const from = Math.max(xOf(view, this.#width, Number(child.dataset.start)), 0);
      const to = Math.min(xOf(view, this.#width, Number(child.dataset.end)), this.#width);
      child.style.display = to - from < 3 ? "none" : "";
      child.style.transform = `translateX(${from + 1}px)`;
      child.style.width = `${Math.max(to - from - 2, 0)}px`;
    }
  }

  #placeRange(): void {
    const { view, range } = this.board.get();
    const { range: element } = this.elements;
    element.hidden = range === null;
    if (!range) return;
    const from = xOf(view, this.#width, range.start);
    const to = xOf(view, this.#width, range.end);
    element.style.transform = `translateX(${from}px)`;
    element.style.width = `${Math.max(to - from, 1)}px`;
  }

  #paintMap(data: StageData): void {
    const { bounds, view, hiddenKinds } = this.board.get();
    const from = xOf(bounds, this.#width, view.start);
    const to = xOf(bounds, this.#width, view.end);
    this.elements.mapFrame.style.transform = `translateX(${from}px)`;
    this.elements.mapFrame.style.width = `${Math.max(to - from, 6)}px`;
    // The picture of the whole does not move with the view: it is painted when something in it has changed.
    const now = [data.overview, this.#lanes, bounds, hiddenKinds, data.signal, this.#palette, this.#width];
    if (now.every((value, index) => value === this.#mapFor[index])) return;
    this.#mapFor = now;
    this.#mapSurface.clear();
    paintMinimap(this.#mapSurface.context, {
      bounds,
      width: this.#width,
      height: this.#mapSurface.height,
      drawing: data.overview,
      lanes: this.#lanes,
      marks: data.overview?.marks ?? [],
      hidden: new Set(hiddenKinds.map(kindIndex)),
      signal: data.signal,
      palette: this.#palette,
    });
  }

  #hover(x: number, y: number, { clientX, clientY, target }: PointerEvent): void {
    this.#pointer = { x, y };
    const data = this.#data;
    if (!data) return;
    const { view } = this.board.get();
    this.#paintCursor(data, makeTicks(view, this.#width, data.texts.offsetAt).unit);
    const onMark = target instanceof Element && target.closest("button") !== null;
    const found = onMark ? null : this.#bucketAt(x, y);
    const where = { clientX, clientY, lane: found?.box.key ?? "" };
    this.hooks.hover(
      found
        ? { ...where, counts: found.counts, total: found.total, start: found.start, end: found.end }
        : null,
    );
  }

  #leave(): void {
    this.#pointer = null;
    this.#cursor.hide();
    this.hooks.hover(null);
  }

  #paintCursor({ strips, texts }: StageData, unit: Ticks["unit"]): void {
    if (!this.#pointer) return;
    const { view } = this.board.get();
    const { x } = this.#pointer;
    const at = timeAt(view, this.#width, x);
    const readings: Reading[] = [];
    for (const lane of this.#layout.lanes) {
      for (const box of lane.strips) {
        const series = strips.get(box.id);
        const points = this.points.get(box.id);
        if (!series || !points) continue;
        const value = readingAt(points, at);
        const dotY = value === null ? null : stripY(box, series, value, 0);
        const y = Math.min(
          Math.max((dotY ?? box.top + box.height / 2) + 13, box.top + 14),
          box.top + box.height - 10,
        );
        readings.push({
          y,
          dotY,
          text: value === null ? this.#holeWord(series, at, texts.holes) : series.format(value),
          colour: series.colour,
        });
      }
    }
    this.#cursor.render(x, this.#width, texts.time(at, unit), readings);
  }

  #holeWord({ rate }: StripSeries, at: Micros, words: HoleWords): string {
    const points = rate === null ? undefined : this.points.get(rate);
    return points && readingAt(points, at) === 0 ? words.noRequests : words.noData;
  }

  #laneDensity(x: number, y: number): { box: LaneBox; span: { start: Micros; end: Micros } } | null {
    const box = laneAtY(this.#layout, y);
    if (!box || Math.abs(y - (box.densityTop + box.densityHeight / 2)) > box.densityHeight / 2 + 3)
      return null;
    const { view } = this.board.get();
    const at = timeAt(view, this.#width, x);
    const layer = this.tiles.layers(view, this.#width).find(({ part }) => at >= part.start && at < part.end);
    if (!layer) return null;
    const step = columnStep(layer.drawing.resolution, view, this.#width);
    const start = Math.floor(at / step) * step;
    return { box, span: { start, end: start + step } };
  }

  #bucketAt(x: number, y: number) {
    const place = this.#laneDensity(x, y);
    if (!place) return null;
    const { view, hiddenKinds } = this.board.get();
    const hidden = new Set(hiddenKinds.map(kindIndex));
    const layers = this.tiles.layers(view, this.#width);
    const at = timeAt(view, this.#width, x);
    const drawing = layers.find(({ part }) => at >= part.start && at < part.end)?.drawing;
    const lane = drawing?.lanes.get(place.box.key);
    if (!lane) return null;
    // One column to each side: a column is 3 px wide and a hand is not.
    const step = place.span.end - place.span.start;
    const near = { start: place.span.start - step, end: place.span.end + step };
    const found = bucketAt(lane, place.span, hidden) ?? bucketAt(lane, near, hidden);
    return found ? { ...found, box: place.box } : null;
  }

  #press(x: number, y: number): void {
    const found = this.#bucketAt(x, y);
    if (!found) this.board.set({ range: null });
    else if (found.sample) this.hooks.select(found.sample, found.start);
    // None of many quiet events stands for the others: a closer look tells them apart.
    else this.board.zoom(CLOSER, found.start);
  }
}
