import { useTranslation } from "react-i18next";
import { useLiveState } from "../../../api";
import { ApiError } from "../../../lib/failure";
import classes from "./IncidentHeader.module.css";
import type { IncidentEdit } from "./useIncidentEdit";

/** One word with a dot: Saved, Saving, Offline, Refused (why). */
export function SaveWord({ edit }: { edit: IncidentEdit }) {
  const { t } = useTranslation("incident");
  const live = useLiveState();
  const state = edit.state === "saved" && live === "offline" ? "offline" : edit.state;
  const conflict = edit.error instanceof ApiError && edit.error.code === "version_conflict";
  const why = conflict ? t("save.conflict") : edit.error?.message;
  return (
    <span className={classes.save} data-state={state} aria-live="polite" title={why}>
      <i />
      {t(`save.${state}`)}
      {state === "refused" && why && <span className={classes.why}>({why})</span>}
    </span>
  );
}
