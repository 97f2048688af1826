import classes from "./Score.module.css";

/** A score: a figure with two digits and a bar of that length. */
export function Score({ score, quiet = false, label }: { score: number; quiet?: boolean; label: string }) {
  return (
    <span
      className={classes.score}
      data-quiet={quiet || undefined}
      role="img"
      aria-label={`${label} ${score.toFixed(2)}`}
    >
      <b>{score.toFixed(2)}</b>
      <span className={classes.bar}>
        <i style={{ width: `${Math.min(Math.max(score, 0), 1) * 100}%` }} />
      </span>
    </span>
  );
}
