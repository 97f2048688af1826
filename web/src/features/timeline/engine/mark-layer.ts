import { ALERT_STROKE, KIND_SHAPES } from "../../../ui/kinds";
import { isCall } from "./choose";
import type { Mark } from "./drawing";
import { lengthOf, type Span, xOf } from "./view";

/** How one mark is shown in this frame. */
export interface ShownMark {
  mark: Mark;
  x: number;
  y: number;
  nameWidth: number;
  selected: boolean;
  picked: boolean;
  pulse: boolean;
  /** Drawn quieter: nothing links it to the selected event. */
  faded: boolean;
  score: number | null;
  /** Said of the one event that most likely began it, else nothing. */
  cause: string;
  label: string;
}

export type MarkClasses = Record<
  "mark" | "pulse" | "selected" | "picked" | "faded" | "sub" | "name" | "score" | "cause",
  string
>;

interface Node {
  button: HTMLButtonElement;
  name: HTMLSpanElement;
  score: HTMLSpanElement;
  cause: HTMLSpanElement;
  /** What only a reader of the screen needs: lane and time, and the name where it gave way. */
  rest: HTMLSpanElement;
  shown: string;
  place: string;
}

const SVG = "http://www.w3.org/2000/svg";

/** Key and selected events as elements: they can be focused, named and hovered; there are few of them. */
export class MarkLayer {
  #nodes = new Map<string, Node>();
  /** Where the marks were placed; while the zoom stays, panning moves all of them as one. */
  #placed: { view: Span; width: number } | null = null;

  constructor(
    private readonly parent: HTMLElement,
    private readonly classes: MarkClasses,
  ) {}

  render(marks: readonly ShownMark[], view: Span, width: number): void {
    const shift = this.#shift(view, width);
    const gone = new Set(this.#nodes.keys());
    for (const shown of marks) {
      const node = this.#nodes.get(shown.mark.id) ?? this.#make(shown.mark);
      gone.delete(shown.mark.id);
      this.#place(node, shown.x - shift, shown.y);
      this.#update(node, shown);
    }
    for (const id of gone) {
      this.#nodes.get(id)?.button.remove();
      this.#nodes.delete(id);
    }
  }

  #shift(view: Span, width: number): number {
    const { view: before, width: widthBefore } = this.#placed ?? {};
    if (!before || widthBefore !== width || lengthOf(before) !== lengthOf(view))
      this.#placed = { view, width };
    const shift = xOf(view, width, this.#placed?.view.start ?? view.start);
    // Whole pixels: between them every name would be drawn anew, and none of them sharp.
    this.parent.style.transform = shift === 0 ? "" : `translateX(${Math.round(shift)}px)`;
    return shift;
  }

  #place(node: Node, x: number, y: number): void {
    const place = `translate(${x.toFixed(2)}px, ${y}px)`;
    if (place === node.place) return;
    node.place = place;
    node.button.style.transform = place;
  }

  focus(id: string): void {
    this.#nodes.get(id)?.button.focus({ preventScroll: true });
  }

  #make(mark: Mark): Node {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.event = mark.id;
    button.dataset.kind = mark.kind;
    button.tabIndex = -1;
    const glyph = document.createElementNS(SVG, "svg");
    glyph.setAttribute("viewBox", "0 0 14 14");
    glyph.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", KIND_SHAPES[mark.kind]);
    glyph.append(path);
    if (mark.alert) button.dataset.alert = mark.alert;
    if (mark.alert === "fires") {
      const call = document.createElementNS(SVG, "path");
      call.setAttribute("d", ALERT_STROKE);
      glyph.append(call);
    }
    const name = part(this.classes.name);
    const score = part(this.classes.score);
    const cause = part(this.classes.cause);
    const rest = part("visually-hidden");
    button.append(glyph, name, score, cause, rest);
    this.parent.append(button);
    const node = { button, name, score, cause, rest, shown: "", place: "" };
    this.#nodes.set(mark.id, node);
    return node;
  }

  #update(node: Node, shown: ShownMark): void {
    const { mark, nameWidth, selected, picked, pulse, faded, score, cause, label } = shown;
    const state = [mark.title, mark.key, nameWidth, selected, picked, pulse, faded, score, cause, label].join(
      "\u0000",
    );
    if (state === node.shown) return;
    node.shown = state;
    const { classes } = this;
    const on = [
      classes.mark,
      pulse ? classes.pulse : "",
      selected ? classes.selected : "",
      picked ? classes.picked : "",
      faded ? classes.faded : "",
      mark.key || selected || isCall(mark) ? "" : classes.sub,
    ];
    const className = on.filter((name) => name !== "").join(" ");
    if (node.button.className !== className) node.button.className = className;
    node.button.tabIndex = selected ? 0 : -1;
    write(node.rest, nameWidth > 0 ? `, ${label}` : `${mark.title}, ${label}`);
    node.button.setAttribute("aria-pressed", String(selected));
    write(node.name, nameWidth > 0 ? mark.title : "");
    node.name.style.maxWidth = `${nameWidth}px`;
    write(node.cause, nameWidth > 0 ? cause : "");
    write(node.score, score === null || nameWidth === 0 ? "" : score.toFixed(2));
  }
}

/** Writing the same text again would lay it out again. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function part(className: string): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = className;
  return span;
}

/** Widths of names, measured once each. */
export class NameWidths {
  #widths = new Map<string, number>();
  #pen: CanvasRenderingContext2D | null = null;

  constructor(private readonly font: string) {}

  of(text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    this.#pen ??= document.createElement("canvas").getContext("2d");
    if (this.#pen) this.#pen.font = this.font;
    const width = Math.ceil(this.#pen?.measureText(text).width ?? text.length * 7) + 8;
    if (this.#widths.size > 5000) this.#widths.clear();
    this.#widths.set(text, width);
    return width;
  }
}
