import { KIND_TOKENS } from "../../../ui/kinds";
import { KINDS } from "./kinds";

/** The tokens as values, for the canvas, which knows no style sheet. Read again when the theme changes. */
export interface Palette {
  surface: string;
  sunken: string;
  raised: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  ink3: string;
  inkFaint: string;
  anomaly: string;
  anomalyEdge: string;
  anomalyHatch: string;
  baseline: string;
  /** By place in `KINDS`. */
  kinds: readonly string[];
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: of("--surface"),
    sunken: of("--sunken"),
    raised: of("--raised"),
    line: of("--line"),
    lineStrong: of("--line-strong"),
    ink: of("--ink"),
    ink2: of("--ink-2"),
    ink3: of("--ink-3"),
    inkFaint: of("--ink-faint"),
    anomaly: of("--anomaly"),
    anomalyEdge: of("--anomaly-edge"),
    anomalyHatch: of("--anomaly-hatch"),
    baseline: of("--baseline"),
    kinds: KINDS.map((kind) => of(KIND_TOKENS[kind])),
  };
}

/** Diagonal lines, 6 px apart, sharp on any screen. */
export function hatch(
  context: CanvasRenderingContext2D,
  colour: string,
  ratio: number,
): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = 6 * ratio;
  tile.height = 6 * ratio;
  const pen = tile.getContext("2d");
  if (!pen) return colour;
  pen.scale(ratio, ratio);
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const [x1, y1, x2, y2] of [
    [-1, 7, 7, -1],
    [-1, 1, 1, -1],
    [5, 7, 7, 5],
  ] as const) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? colour;
}

/** A canvas that is as sharp as the screen; one unit is one CSS pixel. */
export class Surface {
  readonly context: CanvasRenderingContext2D;
  ratio = 1;
  width = 0;
  height = 0;

  constructor(readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser gives no drawing context for a canvas");
    this.context = context;
  }

  /** True when the size has changed, which also clears it. */
  resize(width: number, height: number, ratio: number): boolean {
    if (width === this.width && height === this.height && ratio === this.ratio) return false;
    Object.assign(this, { width, height, ratio });
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    return true;
  }

  clear(): void {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
  }
}
