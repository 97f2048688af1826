/** Long enough to bridge two frames of a slow machine, too short to be missed. */
const REST_MS = 160;

/**
 * Marks an element while what it holds is on the move, and tells when it has come to rest. The style sheet lets nothing
 * breathe then: each glow is a layer of its own, which costs a third of a frame and is not seen in flight. For the same
 * reason curves are drawn with a quicker pen.
 */
export class Moving {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly atRest: () => void,
  ) {}

  get isMoving(): boolean {
    return this.#timer !== undefined;
  }

  touch(): void {
    this.element.dataset.moving = "";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      delete this.element.dataset.moving;
      this.atRest();
    }, REST_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
