import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api";
import { useLanguage } from "../../../lib/time";
import { Icon } from "../../../ui";
import classes from "./Suspect.module.css";

/** What most likely caused it, in a line that leads to why. */
export function Suspect({ incident, onOpen }: { incident: Incident; onOpen: () => void }) {
  const { t } = useTranslation("incident");
  const language = useLanguage();
  const { suspect } = incident;
  if (!suspect) return null;
  return (
    <button type="button" className={classes.suspect} onClick={onOpen}>
      <Icon name={suspect.supported ? "check" : "bulb"} size={14} />
      <span className={classes.label}>{t(suspect.supported ? "suspect.supported" : "suspect.open")}</span>
      <b>{suspect.title[language]}</b>
      <span className={classes.score}>{suspect.score.toFixed(2)}</span>
      <Icon name="chevronRight" size={12} />
    </button>
  );
}
