import classes from "./MiddleCut.module.css";

/** Names of services often differ only in how they end. */
const TAIL = 6;
const SHORT = 18;

/** A name on one line that gives up its middle when there is no room, never its end. */
export function MiddleCut({ text }: { text: string }) {
  if (text.length <= SHORT) return <span className={classes.whole}>{text}</span>;
  return (
    <span className={classes.cut} title={text}>
      <span className="visually-hidden">{text}</span>
      <span className={classes.head} aria-hidden="true">
        {text.slice(0, -TAIL)}
      </span>
      <span className={classes.tail} aria-hidden="true">
        {text.slice(-TAIL)}
      </span>
    </span>
  );
}
