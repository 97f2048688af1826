/** The line under the pointer, with its time and a reading on every strip. */
export interface Reading {
  y: number;
  dotY: number | null;
  text: string;
  colour: string;
}

export type CursorClasses = Record<"line" | "time" | "reading" | "dot" | "left", string>;

/** A reading turns to the other side of the line this close to the right edge. */
const TURN_PX = 92;

export class CursorLayer {
  #line: HTMLElement;
  #time: HTMLElement;
  #readings: { box: HTMLElement; dot: HTMLElement }[] = [];

  constructor(
    private readonly board: HTMLElement,
    axis: HTMLElement,
    private readonly classes: CursorClasses,
  ) {
    this.#line = child(board, classes.line);
    this.#time = child(axis, classes.time);
    this.hide();
  }

  hide(): void {
    this.#line.hidden = true;
    this.#time.hidden = true;
    for (const { box, dot } of this.#readings) {
      box.hidden = true;
      dot.hidden = true;
    }
  }

  render(x: number, width: number, time: string, readings: readonly Reading[]): void {
    this.#line.hidden = false;
    this.#line.style.transform = `translateX(${Math.round(x)}px)`;
    this.#time.hidden = false;
    this.#time.textContent = time;
    const half = 34;
    this.#time.style.transform = `translateX(${Math.min(Math.max(x, half), width - half)}px) translateX(-50%)`;
    while (this.#readings.length < readings.length) {
      this.#readings.push({
        box: child(this.board, this.classes.reading),
        dot: child(this.board, this.classes.dot),
      });
    }
    const left = x > width - TURN_PX;
    this.#readings.forEach(({ box, dot }, index) => {
      const reading = readings[index];
      box.hidden = reading === undefined;
      dot.hidden = reading === undefined || reading.dotY === null;
      if (!reading) return;
      box.className = left ? `${this.classes.reading} ${this.classes.left}` : this.classes.reading;
      box.textContent = reading.text;
      box.style.transform = `translate(${x}px, ${reading.y}px)`;
      if (reading.dotY === null) return;
      dot.style.transform = `translate(${x}px, ${reading.dotY}px)`;
      dot.style.backgroundColor = reading.colour;
    });
  }
}

function child(parent: HTMLElement, className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  element.setAttribute("aria-hidden", "true");
  parent.append(element);
  return element;
}
