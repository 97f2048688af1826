import { useTranslation } from "react-i18next";
import { ApiError } from "../../api";
import { Icon } from "../../ui";
import classes from "./Gate.module.css";

/** Why the server did not let this person in. Its own words where it has some that help. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation(["signIn", "common"]);
  return (
    <p className={classes.refused} role="alert">
      <Icon name="warning" />
      <span>{why()}</span>
    </p>
  );

  function why(): string {
    if (!(error instanceof ApiError)) return t("common:error.crash");
    if (error.status === 0) return `${t("common:error.offline")} ${t("common:error.offlineAdvice")}`;
    if (error.status === 429) return t("tooMany");
    if (error.status === 401) return t("wrong");
    return error.detail || t("common:error.status", { status: error.status });
  }
}
