import { AxisLayer } from "./axis-layer";
import { type Board, drawingFilter } from "./board";
import { CursorLayer } from "./cursor-layer";
import { densestOfAll } from "./density";
import type { Mark } from "./drawing";
import { AxisDrag, FrameDrag, Gestures } from "./gestures";
import { kindIndex } from "./kinds";
import { LaneScroll } from "./lane-scroll";
import { foldedLanes, laneShapes } from "./lanes";
import { type LaneShape, type Layout, layOut } from "./layout";
import { MapLayer } from "./map-layer";
import { MarkLayer, NameWidths } from "./mark-layer";
import { Moving } from "./moving";
import { paintBoard } from "./paint-board";
import { hatch, type Palette, readPalette, Surface } from "./palette";
import { readingsAt, type Under, underPointer } from "./pointing";
import { makeScene } from "./scene";
import type { StageClasses, StageData, StageElements, StageHooks } from "./stage-parts";
import type { StripPoints } from "./strips-cache";
import { makeTicks, type Ticks } from "./ticks";
import type { DrawingTiles } from "./tiles";
import { type Span, timeAt, xOf } from "./view";

/** How much less time is shown after a press on many events. */
const CLOSER = 0.25;

const NAME_FONT = '500 12px "Inter Variable", Inter, system-ui, "Noto Sans CJK SC", sans-serif';
const WANT_EVERY_MS = 70;
/** A label this close to the edge would be cut. */
const AXIS_EDGE_PX = 22;

/** Draws the board whenever something changed, at most once a frame. Owns every element inside the plot. */
export class Stage {
  readonly #surface: Surface;
  readonly #map: MapLayer;
  readonly #marks: MarkLayer;
  readonly #axis: AxisLayer;
  readonly #cursor: CursorLayer;
  readonly #moving: Moving;
  readonly #scroll: LaneScroll;
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
  #frame = 0;
  #wanted = 0;
  #wantTimer: ReturnType<typeof setTimeout> | undefined;
  #pointer: { x: number; y: number } | null = null;
  #width = 0;
  #height = 0;
  #shownView: Span | null = null;

  constructor(
    private readonly elements: StageElements,
    private readonly board: Board,
    private readonly tiles: DrawingTiles,
    private readonly points: StripPoints,
    private readonly hooks: StageHooks,
    classes: StageClasses,
  ) {
    this.#surface = new Surface(elements.canvas);
    this.#map = new MapLayer(elements);
    this.#marks = new MarkLayer(elements.marks, classes);
    this.#moving = new Moving(elements.marks, () => this.invalidate());
    this.#axis = new AxisLayer(elements.axis, classes);
    this.#cursor = new CursorLayer(elements.plot, elements.axis, classes);
    this.#palette = readPalette(elements.plot);
    this.#scroll = new LaneScroll(elements.scroller, () => this.invalidate());
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
    this.#disposers.push(
      board.subscribe(() => this.invalidate()),
      () => gestures.dispose(),
      () => map.dispose(),
      () => axis.dispose(),
      () => resize.disconnect(),
      () => this.#moving.dispose(),
      () => this.#scroll.dispose(),
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
    this.#scroll.read();
    const ratio = globalThis.devicePixelRatio || 1;
    if (this.#surface.resize(this.#width, this.#height, ratio)) this.#makeHatches();
    this.#map.resize(this.#width, this.elements.map.clientHeight, ratio);
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
    this.#scroll.follow(key, this.#layout, this.#height);
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
      scrollTop: this.#scroll.top,
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
    this.#map.render({ ...data, state, lanes: this.#lanes, palette: this.#palette });
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
    this.#scroll.keep(this.#layout, this.#height);
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
          at,
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

  #hover(x: number, y: number, { clientX, clientY, target }: PointerEvent): void {
    this.#pointer = { x, y };
    const data = this.#data;
    if (!data) return;
    const { view } = this.board.get();
    this.#paintCursor(data, makeTicks(view, this.#width, data.texts.offsetAt).unit);
    const onMark = target instanceof Element && target.closest("button") !== null;
    const found = onMark ? null : this.#under(x, y);
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
    const readings = readingsAt(at, this.#layout, strips, (id) => this.points.get(id), texts.holes);
    this.#cursor.render(x, this.#width, texts.time(at, unit), readings);
  }

  #under(x: number, y: number): Under | null {
    const state = this.board.get();
    return underPointer(x, y, {
      state,
      width: this.#width,
      layout: this.#layout,
      layers: this.tiles.layers(state.view, this.#width),
    });
  }

  #press(x: number, y: number): void {
    const found = this.#under(x, y);
    if (!found) this.board.set({ range: null });
    else if (found.sample) this.hooks.select(found.sample, found.start);
    // None of many quiet events stands for the others: a closer look tells them apart.
    else this.board.zoom(CLOSER, found.start);
  }
}
