import type { ReactNode } from "react";
import classes from "./Delayed.module.css";

/** Shows a skeleton only once the wait is felt: after 300 ms. */
export function Delayed({ children, label }: { children: ReactNode; label: string }) {
  return (
    <div className={classes.delayed} role="status" aria-label={label}>
      {children}
    </div>
  );
}

/** A grey bar in the place of a text. */
export function Bone({ width, height = 12 }: { width: number | string; height?: number }) {
  return <span className={classes.bone} style={{ width, height }} />;
}
