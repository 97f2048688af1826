import { useTranslation } from "react-i18next";
import { Bone, Delayed } from "../../ui";
import classes from "./IncidentSkeleton.module.css";

export function IncidentSkeleton() {
  const { t } = useTranslation("incident");
  return (
    <Delayed label={t("load")}>
      <div className={classes.top}>
        <Bone width={90} />
        <Bone width={380} height={18} />
      </div>
      <div className={classes.meta}>
        <Bone width={200} height={40} />
        <Bone width={460} height={40} />
      </div>
      <div className={classes.tabs}>
        <Bone width={300} />
      </div>
    </Delayed>
  );
}
