import type { Micros } from "../../../lib/time";

/** A text at a place along the axis. */
export interface AxisText {
  at: Micros;
  x: number;
  text: string;
  strong: boolean;
}

export class AxisLayer {
  #spans = new Map<string, HTMLSpanElement>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly classes: Record<"tick" | "day", string>,
  ) {}

  render(texts: readonly AxisText[]): void {
    const before = this.#spans;
    this.#spans = new Map(texts.map((item) => [keyOf(item), before.get(keyOf(item)) ?? this.#make(item)]));
    for (const { x, ...item } of texts) {
      const span = this.#spans.get(keyOf(item));
      if (span) span.style.transform = `translateX(${x}px) translateX(-50%)`;
    }
    for (const [key, span] of before) if (!this.#spans.has(key)) span.remove();
  }

  #make({ text, strong }: Omit<AxisText, "x">): HTMLSpanElement {
    const span = document.createElement("span");
    span.className = strong ? this.classes.day : this.classes.tick;
    span.textContent = text;
    this.parent.append(span);
    return span;
  }
}

/** A text that moves along keeps its element, so that it is laid out once. */
const keyOf = ({ at, text, strong }: Omit<AxisText, "x">): string => `${at} ${strong} ${text}`;
