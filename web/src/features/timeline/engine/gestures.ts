import type { Micros } from "../../../lib/time";
import type { Board } from "./board";
import { timeAt } from "./view";

/** What the board does with a pointer that is not on a mark. */
export interface GestureHooks {
  width: () => number;
  hover: (x: number, y: number, event: PointerEvent) => void;
  leave: () => void;
  /** A press that did not move. */
  press: (x: number, y: number) => void;
}

const DRAG_PX = 4;
const WHEEL_ZOOM = 0.0022;

/** Drag marks a range, with touch it pans, two fingers pinch; Ctrl and wheel zoom at the pointer, sideways pans. */
export class Gestures {
  #pointers = new Map<number, { x: number; y: number }>();
  #drag: { startX: number; startAt: Micros; moved: boolean; touch: boolean; onMark: boolean } | null = null;
  #stop = new AbortController();

  constructor(
    private readonly plot: HTMLElement,
    private readonly board: Board,
    private readonly hooks: GestureHooks,
  ) {
    const { signal } = this.#stop;
    plot.addEventListener("pointerdown", this.#down, { signal });
    plot.addEventListener("pointermove", this.#move, { signal });
    plot.addEventListener("pointerup", this.#up, { signal });
    plot.addEventListener("pointercancel", this.#cancel, { signal });
    plot.addEventListener("pointerleave", () => this.hooks.leave(), { signal });
    plot.addEventListener("wheel", this.#wheel, { signal, passive: false });
    plot.addEventListener("dblclick", this.#twice, { signal });
  }

  dispose(): void {
    this.#stop.abort();
  }

  #place(event: MouseEvent): { x: number; y: number } {
    const box = this.plot.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #at(x: number): Micros {
    return timeAt(this.board.get().view, this.hooks.width(), x);
  }

  #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { x, y } = this.#place(event);
    this.#pointers.set(event.pointerId, { x, y });
    // A drag may begin on a name: on a phone they leave little else to touch. A press there is the mark's own.
    this.#drag = {
      startX: x,
      startAt: this.#at(x),
      moved: false,
      touch: event.pointerType === "touch",
      onMark: onControl(event),
    };
  };

  #move = (event: PointerEvent): void => {
    const { x, y } = this.#place(event);
    const before = this.#pointers.get(event.pointerId);
    if (event.pointerType !== "touch") this.hooks.hover(x, y, event);
    if (!before || !this.#drag) return;
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.#pinch(before.x, x, other.x);
    this.#pointers.set(event.pointerId, { x, y });
    if (other) return;
    if (!this.#drag.moved && Math.abs(x - this.#drag.startX) < DRAG_PX) return;
    if (!this.#drag.moved) this.plot.setPointerCapture(event.pointerId);
    this.#drag.moved = true;
    if (this.#drag.touch) this.board.pan((before.x - x) / this.hooks.width());
    else this.#markRange(x);
  };

  #markRange(x: number): void {
    if (!this.#drag) return;
    const { view } = this.board.get();
    const at = Math.min(Math.max(this.#at(x), view.start), view.end);
    const { startAt } = this.#drag;
    this.board.set({ range: { start: Math.min(startAt, at), end: Math.max(startAt, at) } });
  }

  #pinch(beforeX: number, x: number, otherX: number): void {
    const before = Math.abs(beforeX - otherX);
    const now = Math.abs(x - otherX);
    if (this.#drag) this.#drag.moved = true;
    if (before > 8 && now > 8) this.board.zoom(before / now, this.#at((x + otherX) / 2));
  }

  #up = (event: PointerEvent): void => {
    const drag = this.#drag;
    const { x, y } = this.#place(event);
    this.#cancel(event);
    if (drag && !drag.moved && !drag.onMark) this.hooks.press(x, y);
  };

  #cancel = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
    if (this.#pointers.size === 0) this.#drag = null;
  };

  #wheel = (event: WheelEvent): void => {
    const { x } = this.#place(event);
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.board.zoom(Math.exp(pixels(event, event.deltaY) * WHEEL_ZOOM), this.#at(x));
      return;
    }
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (sideways === 0 || (!event.shiftKey && Math.abs(event.deltaY) > Math.abs(sideways))) return;
    event.preventDefault();
    this.board.pan(pixels(event, sideways) / this.hooks.width());
  };

  #twice = (event: MouseEvent): void => {
    if (onControl(event)) return;
    this.board.zoom(0.4, this.#at(this.#place(event).x));
  };
}

function onControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("button, a, input") !== null;
}

/** Some browsers count a wheel in lines or pages. */
function pixels(event: WheelEvent, delta: number): number {
  if (event.deltaMode === WheelEvent.DOM_DELTA_LINE) return delta * 16;
  return event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? delta * 400 : delta;
}

type Grip = "start" | "end" | "frame";

/** The minimap: drag the frame, its handles, or press elsewhere to go there. Dragging the axis pans the board. */
export class FrameDrag {
  #stop = new AbortController();
  #grip: { grip: Grip; offset: Micros } | null = null;

  constructor(
    private readonly map: HTMLElement,
    private readonly board: Board,
    private readonly width: () => number,
  ) {
    const { signal } = this.#stop;
    map.addEventListener("pointerdown", this.#down, { signal });
    map.addEventListener("pointermove", this.#move, { signal });
    map.addEventListener("pointerup", () => this.#release(), { signal });
    map.addEventListener("pointercancel", () => this.#release(), { signal });
    map.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.board.zoom(Math.exp(pixels(event, event.deltaY) * WHEEL_ZOOM), this.#at(event));
      },
      { signal, passive: false },
    );
  }

  dispose(): void {
    this.#stop.abort();
  }

  #at(event: MouseEvent): Micros {
    const x = event.clientX - this.map.getBoundingClientRect().left;
    return timeAt(this.board.get().bounds, this.width(), x);
  }

  #down = (event: PointerEvent): void => {
    const { view, bounds } = this.board.get();
    const at = this.#at(event);
    const grasp = ((bounds.end - bounds.start) / this.width()) * 7;
    this.map.setPointerCapture(event.pointerId);
    if (Math.abs(at - view.start) < grasp) this.#grip = { grip: "start", offset: 0 };
    else if (Math.abs(at - view.end) < grasp) this.#grip = { grip: "end", offset: 0 };
    else {
      if (at < view.start || at > view.end) this.#centre(at);
      this.#grip = { grip: "frame", offset: at - this.board.get().view.start };
    }
  };

  #centre(at: Micros): void {
    const { view } = this.board.get();
    const half = (view.end - view.start) / 2;
    this.board.look({ start: at - half, end: at + half });
  }

  #move = (event: PointerEvent): void => {
    if (!this.#grip) return;
    const { view, bounds } = this.board.get();
    const at = Math.min(Math.max(this.#at(event), bounds.start), bounds.end);
    const { grip, offset } = this.#grip;
    const length = view.end - view.start;
    if (grip === "frame") this.board.look({ start: at - offset, end: at - offset + length });
    else if (grip === "start" && at < view.end) this.board.look({ start: at, end: view.end });
    else if (grip === "end" && at > view.start) this.board.look({ start: view.start, end: at });
  };

  #release(): void {
    this.#grip = null;
  }
}

export class AxisDrag {
  #stop = new AbortController();
  #x: number | null = null;

  constructor(axis: HTMLElement, board: Board, width: () => number) {
    const { signal } = this.#stop;
    axis.addEventListener(
      "pointerdown",
      (event) => {
        this.#x = event.clientX;
        axis.setPointerCapture(event.pointerId);
      },
      { signal },
    );
    axis.addEventListener(
      "pointermove",
      (event) => {
        if (this.#x === null) return;
        board.pan((this.#x - event.clientX) / width());
        this.#x = event.clientX;
      },
      { signal },
    );
    const release = () => {
      this.#x = null;
    };
    axis.addEventListener("pointerup", release, { signal });
    axis.addEventListener("pointercancel", release, { signal });
  }

  dispose(): void {
    this.#stop.abort();
  }
}
