import { Columns, columnHeight, columnStep, gather } from "./density";
import { KINDS, STACK_ORDER } from "./kinds";
import type { LaneBox } from "./layout";
import type { Palette } from "./palette";
import type { Layer } from "./tiles";
import { type Span, xOf } from "./view";

const columns = new Columns();

/** The density row of one lane: what is too small to name, stacked by kind. */
export function paintDensity(
  pen: CanvasRenderingContext2D,
  box: LaneBox,
  layers: readonly Layer[],
  frame: {
    view: Span;
    width: number;
    scrollTop: number;
    hidden: ReadonlySet<number>;
    /** Events per microsecond that fill a column. */
    densest: number;
    palette: Palette;
  },
): void {
  const { view, width, hidden, palette } = frame;
  if (box.densityHeight === 0) return;
  const bottom = box.densityTop + box.densityHeight - frame.scrollTop;
  for (const { drawing, part } of layers) {
    const lane = drawing.lanes.get(box.key);
    if (!lane) continue;
    columns.reset(columnStep(drawing.resolution, view, width));
    // Whole columns at both ends, so that what a column shows does not depend on where the view begins.
    const step = columns.step;
    const whole = { start: Math.floor(part.start / step) * step, end: Math.ceil(part.end / step) * step };
    gather(lane, whole, step, hidden, columns);
    const columnWidth = Math.max((step / (view.end - view.start)) * width - 1, 1.5);
    const most = frame.densest * step;
    paintColumns(pen, { view, width, bottom, columnWidth, highest: box.densityHeight, most, palette });
  }
}

interface ColumnFrame {
  view: Span;
  width: number;
  bottom: number;
  columnWidth: number;
  highest: number;
  most: number;
  palette: Palette;
}

function paintColumns(pen: CanvasRenderingContext2D, frame: ColumnFrame): void {
  const { view, width, bottom, columnWidth, highest, most, palette } = frame;
  pen.globalAlpha = 0.78;
  // One pass for each kind: a change of colour costs more than a rectangle.
  for (let place = 0; place < STACK_ORDER.length; place++) {
    const kind = STACK_ORDER[place] ?? 0;
    pen.fillStyle = palette.kinds[kind] ?? palette.ink3;
    for (let index = 0; index < columns.length; index++) {
      const count = columns.counts[index * KINDS.length + kind] ?? 0;
      if (count === 0) continue;
      const total = columns.total[index] ?? 1;
      const height = columnHeight(total, most, highest);
      let below = 0;
      for (let under = 0; under < place; under++) {
        below += columns.counts[index * KINDS.length + (STACK_ORDER[under] ?? 0)] ?? 0;
      }
      const y = bottom - (height * (below + count)) / total;
      const x = xOf(view, width, columns.start[index] ?? 0);
      pen.fillRect(x + 0.5, y, columnWidth, Math.max((height * count) / total, 1));
    }
  }
  pen.globalAlpha = 1;
}
