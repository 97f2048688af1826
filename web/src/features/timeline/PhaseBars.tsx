import { useTranslation } from "react-i18next";
import { shortDuration } from "../../lib/time";
import { useTimeline } from "./model/context";
import { phasesOf } from "./model/window";
import classes from "./PhaseBars.module.css";

/** The stretches between the clocks; the stage moves them with the view. */
export function PhaseBars() {
  const { t } = useTranslation("timeline");
  const { incident } = useTimeline();
  return (
    <div className={classes.phases} data-part="phases">
      {phasesOf(incident).map(({ name, start, end, open }) => (
        <span key={name} className={classes.phase} data-phase={name} data-start={start} data-end={end}>
          <b>{t(`phase.${name}`)}</b>
          <span className={classes.length}>{open ? t("phase.open") : shortDuration(end - start)}</span>
        </span>
      ))}
    </div>
  );
}
