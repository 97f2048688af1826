/** Long enough to bridge two frames of a slow machine, too short to be missed. */
const REST_MS = 160;

/**
 * Marks an element while what it holds is on the move. The style sheet lets nothing breathe then: each glow is a layer
 * of its own, which costs a third of a frame and is not seen in flight.
 */
export class Moving {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly element: HTMLElement) {}

  touch(): void {
    this.element.dataset.moving = "";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => delete this.element.dataset.moving, REST_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
