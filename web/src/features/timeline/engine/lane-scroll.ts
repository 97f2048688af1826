import type { Layout } from "./layout";

/** Of a lane so much must be seen that its names can be read. */
const NAMES_PX = 90;

/** How far the lanes are scrolled; keeps one lane in sight while what is loaded moves the lanes, until a person scrolls. */
export class LaneScroll {
  /** Read once for each scroll: asking for it in a frame would lay the page out twice. */
  top = 0;
  #followed: { lane: string; top: number } | null = null;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly scrolled: () => void,
  ) {
    scroller.addEventListener("scroll", this.#onScroll, { passive: true });
  }

  dispose(): void {
    this.scroller.removeEventListener("scroll", this.#onScroll);
  }

  read(): void {
    this.top = this.scroller.scrollTop;
  }

  /** Scrolls a lane into sight, and again when loading has moved it. */
  follow(lane: string, layout: Layout, height: number): void {
    this.#followed = { lane, top: this.top };
    this.keep(layout, height);
  }

  keep(layout: Layout, height: number): void {
    const lane = layout.lanes.find(({ key }) => key === this.#followed?.lane);
    if (!lane || !this.#followed) return;
    const least = lane.top + Math.min(lane.height, height) - height;
    const isBelow = lane.top + Math.min(lane.height, NAMES_PX) > this.top + height;
    const wanted = lane.top < this.top ? lane.top : isBelow ? least : this.top;
    if (wanted !== this.top) this.scroller.scrollTop = wanted;
    this.read();
    this.#followed.top = this.top;
  }

  #onScroll = (): void => {
    this.read();
    if (this.#followed && Math.abs(this.#followed.top - this.top) > 1) this.#followed = null;
    this.scrolled();
  };
}
