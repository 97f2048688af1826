/** Texts at places along the axis, in reused elements. */
export interface AxisText {
  x: number;
  text: string;
  strong: boolean;
}

export class AxisLayer {
  #spans: HTMLSpanElement[] = [];

  constructor(
    private readonly parent: HTMLElement,
    private readonly classes: Record<"tick" | "day", string>,
  ) {}

  render(texts: readonly AxisText[]): void {
    while (this.#spans.length < texts.length) {
      const span = document.createElement("span");
      this.parent.append(span);
      this.#spans.push(span);
    }
    this.#spans.forEach((span, index) => {
      const item = texts[index];
      span.hidden = item === undefined;
      if (!item) return;
      span.className = item.strong ? this.classes.day : this.classes.tick;
      if (span.textContent !== item.text) span.textContent = item.text;
      span.style.transform = `translateX(${item.x}px) translateX(-50%)`;
    });
  }
}
