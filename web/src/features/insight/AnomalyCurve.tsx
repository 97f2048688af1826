import type { Series } from "../../api";
import type { Micros } from "../../lib/time";
import classes from "./AnomalyCurve.module.css";
import { curvePath } from "./model/curve";

const WIDTH = 132;
const HEIGHT = 30;

interface Props {
  series: Series | undefined;
  span: { start: Micros; end: Micros } | null;
  start: Micros;
  end: Micros;
  label: string;
}

/** The curve at the place of the anomaly, marked as on the timeline. */
export function AnomalyCurve({ series, span, start, end, label }: Props) {
  if (!span) return <span className={classes.curve} />;
  const x = (at: Micros) => ((at - span.start) / (span.end - span.start)) * WIDTH;
  const left = Math.max(x(start), 0);
  const width = Math.max(Math.min(x(end), WIDTH) - left, 2);
  return (
    <svg className={classes.curve} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect className={classes.tint} x={left} y={0} width={width} height={HEIGHT} />
      <path className={classes.edge} d={`M${left} .75h${width}`} />
      {series && (
        <path className={classes.line} data-kind={series.kind} d={curvePath(series, span, WIDTH, HEIGHT)} />
      )}
    </svg>
  );
}
