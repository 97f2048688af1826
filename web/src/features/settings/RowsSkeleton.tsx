import { Bone, Delayed } from "../../ui";
import classes from "./SettingsPage.module.css";

const ROWS = ["a", "b", "c"];

/** Rows before they are there, in their own layout. */
export function RowsSkeleton({ label }: { label: string }) {
  return (
    <Delayed label={label}>
      {ROWS.map((row, index) => (
        <div key={row} className={classes.row}>
          <Bone width={26} height={26} />
          <Bone width={180 - index * 30} />
        </div>
      ))}
    </Delayed>
  );
}
