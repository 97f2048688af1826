import { useTranslation } from "react-i18next";
import { ApiError } from "../../api";
import { explain, Icon } from "../../ui";
import classes from "./Gate.module.css";

/** Why the server did not let this person in. */
export function Refused({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation(["signIn", "common"]);
  const status = error instanceof ApiError ? error.status : undefined;
  const own = status === 429 ? t("tooMany") : status === 401 ? t("wrong") : undefined;
  return (
    <p className={classes.refused} role="alert">
      <Icon name="warning" />
      <span>{own ?? explain(error, i18n.getFixedT(null, "common"), i18n.language).why}</span>
    </p>
  );
}
