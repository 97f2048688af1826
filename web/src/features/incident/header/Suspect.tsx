import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { analysisQuery, type Incident, suspectOf } from "../../../api";
import { useLanguage } from "../../../lib/time";
import { Icon } from "../../../ui";
import classes from "./Suspect.module.css";

/** What most likely caused it, in a line that leads to why. */
export function Suspect({ incident, onOpen }: { incident: Incident; onOpen: () => void }) {
  const { t } = useTranslation("incident");
  const language = useLanguage();
  const analysis = useQuery({
    ...analysisQuery(incident.id, language),
    enabled: incident.counts.hypotheses > 0,
  });
  const suspect = suspectOf(analysis.data?.hypotheses ?? []);
  if (!suspect) return null;
  const isSupported = suspect.state === "supported";
  return (
    <button type="button" className={classes.suspect} onClick={onOpen} title={suspect.why}>
      <Icon name={isSupported ? "check" : "bulb"} size={14} />
      <span className={classes.label}>{t(isSupported ? "suspect.supported" : "suspect.open")}</span>
      <b>{suspect.title}</b>
      <span className={classes.score}>{suspect.score.toFixed(2)}</span>
      <Icon name="chevronRight" size={12} />
    </button>
  );
}
