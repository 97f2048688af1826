import { Bone } from "../../ui";
import classes from "./Skeleton.module.css";

const LANES = [0, 1, 2, 3];

/** The board before anything is known, in its own layout. */
export function Skeleton() {
  return (
    <div className={classes.skeleton}>
      <div className={classes.bar}>
        <Bone width={420} />
        <Bone width={160} />
      </div>
      <div className={classes.map} />
      {LANES.map((lane) => (
        <div key={lane} className={classes.lane}>
          <Bone width={90} />
          <Bone width="100%" height={52} />
        </div>
      ))}
    </div>
  );
}
