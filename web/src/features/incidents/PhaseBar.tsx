import { useTranslation } from "react-i18next";
import type { Incident } from "../../api";
import { shortDuration } from "../../lib/time";
import { phaseLengths } from "./lasted";
import classes from "./PhaseBar.module.css";

/** Where the time went: unnoticed, in response, in recovery. */
export function PhaseBar({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incidents");
  const phases = phaseLengths(incident);
  const first = phases[0];
  if (!first) return <span className={classes.phases} />;
  const said = phases.map(({ name, micros }) => t(`phase.${name}`, { length: shortDuration(micros) }));
  return (
    <span className={classes.phases} title={said.join(t("phase.between"))}>
      <span className={classes.bar} aria-hidden="true">
        {phases.map(({ name, micros }) => (
          <span key={name} data-phase={name} style={{ flexGrow: micros }} />
        ))}
      </span>
      <span className={classes.words}>
        {said[0]}
        <span className="visually-hidden">{said.slice(1).map((each) => t("phase.between") + each)}</span>
      </span>
    </span>
  );
}
