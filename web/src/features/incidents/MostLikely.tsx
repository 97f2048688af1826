import { useTranslation } from "react-i18next";
import type { Incident } from "../../api";
import { useLanguage } from "../../lib/time";

/** The cause that is held most likely, with its score; or the one that people say it was. */
export function MostLikely({ suspect }: { suspect: NonNullable<Incident["suspect"]> }) {
  const { t } = useTranslation("incidents");
  const title = suspect.title[useLanguage()];
  if (suspect.supported) return t("cause", { title });
  return (
    <>
      {t("likely", { title })} <strong className="num">{suspect.score.toFixed(2)}</strong>
    </>
  );
}
