import type { BoardState } from "./board";
import { kindIndex } from "./kinds";
import type { LaneShape } from "./layout";
import { paintMinimap } from "./paint-minimap";
import { type Palette, Surface } from "./palette";
import type { StageData, StageElements } from "./stage-parts";
import { xOf } from "./view";

interface Shown extends Pick<StageData, "overview" | "signal"> {
  state: BoardState;
  lanes: readonly LaneShape[];
  palette: Palette;
}

const LEAST_FRAME_PX = 6;

/** The minimap: a picture of the whole, painted when something in it has changed, and a frame that follows the view. */
export class MapLayer {
  readonly #surface: Surface;
  #paintedFor: unknown[] = [];

  constructor(private readonly elements: Pick<StageElements, "mapCanvas" | "mapFrame">) {
    this.#surface = new Surface(elements.mapCanvas);
  }

  resize(width: number, height: number, ratio: number): void {
    if (this.#surface.resize(width, height, ratio)) this.#paintedFor = [];
  }

  render(shown: Shown): void {
    this.#placeFrame(shown.state);
    const { overview, signal, lanes, palette } = shown;
    const { bounds, hiddenKinds } = shown.state;
    const now = [overview, lanes, bounds, hiddenKinds, signal, palette];
    if (now.every((value, index) => value === this.#paintedFor[index])) return;
    this.#paintedFor = now;
    this.#surface.clear();
    paintMinimap(this.#surface.context, {
      bounds,
      width: this.#surface.width,
      height: this.#surface.height,
      drawing: overview,
      lanes,
      marks: overview?.marks ?? [],
      hidden: new Set(hiddenKinds.map(kindIndex)),
      signal,
      palette,
    });
  }

  #placeFrame({ bounds, view }: BoardState): void {
    const { width } = this.#surface;
    const from = xOf(bounds, width, view.start);
    const to = xOf(bounds, width, view.end);
    const { style } = this.elements.mapFrame;
    style.transform = `translateX(${from}px)`;
    style.width = `${Math.max(to - from, LEAST_FRAME_PX)}px`;
  }
}
