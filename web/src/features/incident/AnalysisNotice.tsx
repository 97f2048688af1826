import { Button, Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Incident, rerunAnalysis } from "../../api";
import { Icon } from "../../ui";
import classes from "./AnalysisNotice.module.css";

/** Says when the analysis of the capture is not there yet, or why it failed. */
export function AnalysisNotice({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incident");
  const queries = useQueryClient();
  const { analysis_state: state, analysis_error: error } = incident;
  if (state === "done" || state === "none") return null;
  const rerun = () =>
    void rerunAnalysis(incident.id).finally(() =>
      queries.invalidateQueries({ queryKey: ["incident", incident.id] }),
    );
  return (
    <p className={classes.notice} data-state={state} role="status">
      {state === "failed" ? <Icon name="warning" size={14} /> : <Loader size={12} color="var(--ink-3)" />}
      <span>
        {t(`analysis.${state}`)} {state === "failed" && error}
      </span>
      {state === "failed" && <Button onClick={rerun}>{t("rerun")}</Button>}
    </p>
  );
}
