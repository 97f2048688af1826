import { Bone, Delayed } from "../../ui";
import classes from "./IncidentList.module.css";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The list before it is there, in its own layout. */
export function ListSkeleton({ rowPx, label }: { rowPx: number; label: string }) {
  return (
    <Delayed label={label}>
      <div className={classes.list}>
        {ROWS.map((row, index) => (
          <div key={row} className={classes.row} style={{ height: rowPx }}>
            <Bone width={54} height={20} />
            <span className={classes.what}>
              <Bone width={`${72 - ((index * 17) % 40)}%`} />
            </span>
            <Bone width={96} />
            <span className={classes.phases}>
              <Bone width={140} />
            </span>
            <span className={classes.spark}>
              <Bone width={96} height={26} />
            </span>
            <Bone width={86} />
            <span />
          </div>
        ))}
      </div>
    </Delayed>
  );
}
