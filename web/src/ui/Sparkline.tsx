import classes from "./Sparkline.module.css";
import { areaPath, linePath, xOf } from "./spark-path";

interface Props {
  /** 0 to 1. */
  points: readonly number[];
  /** First and last index of the anomaly. */
  anomaly: readonly number[] | null;
  width: number;
  height: number;
  tone: "danger" | "quiet";
  /** The curve in a sentence. */
  label: string;
}

/** The one curve that tells an incident, with its anomaly marked as on the timeline. */
export function Sparkline({ points, anomaly, width, height, tone, label }: Props) {
  const [start, end] = anomaly ?? [];
  const count = points.length;
  const left = start === undefined ? 0 : xOf(start, count, width);
  const right = end === undefined ? 0 : xOf(end, count, width);
  return (
    <svg
      className={classes.spark}
      data-tone={tone}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      {right > left && (
        <>
          <rect className={classes.tint} x={left} y={0} width={right - left} height={height} />
          <path className={classes.edge} d={`M${left} .75H${right}`} />
        </>
      )}
      <path className={classes.area} d={areaPath(points, width, height)} />
      <path className={classes.line} d={linePath(points, width, height)} />
    </svg>
  );
}
