import { useTranslation } from "react-i18next";
import type { Incident } from "../../api";
import { useLanguage } from "../../lib/time";
import classes from "./MostLikely.module.css";

/** The cause that is held most likely, with its score; or the one that people say it was. */
export function MostLikely({ suspect }: { suspect: NonNullable<Incident["suspect"]> }) {
  const { t } = useTranslation("incidents");
  const title = suspect.title[useLanguage()];
  return (
    <span className={classes.likely}>
      <span className={classes.title}>{t(suspect.supported ? "cause" : "likely", { title })}</span>
      {!suspect.supported && <strong className="num">{suspect.score.toFixed(2)}</strong>}
    </span>
  );
}
