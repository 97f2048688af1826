import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { analysisQuery, type Incident } from "../../api";
import { useLanguage } from "../../lib/time";
import { Bone, Boundary, Delayed, EmptyState, ErrorBox } from "../../ui";
import { type AddressState, useIncidentClock } from "../timeline";
import { Anomalies } from "./Anomalies";
import { Hypotheses } from "./Hypotheses";
import classes from "./InsightPanel.module.css";
import { type Insight, InsightContext } from "./model/context";
import { useDecide } from "./model/useDecide";
import { Patterns } from "./Patterns";

interface Props {
  incident: Incident;
  zone: string | null;
  /** Leaves for the timeline. */
  onShow: (change: Partial<AddressState>) => void;
}

/** What is believed, how strongly, what speaks against it, and what was not looked at. */
export function InsightPanel({ incident, zone, onShow }: Props) {
  const { t } = useTranslation("insight");
  const language = useLanguage();
  const clock = useIncidentClock(incident.timezone, zone);
  const waits = incident.analysis_state === "none";
  const analysis = useQuery({ ...analysisQuery(incident.id, language), enabled: !waits });
  const decide = useDecide(incident.id);
  const mayEdit = incident.access === "editor" || incident.access === "owner";
  const insight = useMemo(
    (): Insight => ({ incident, clock, decide, onShow, mayEdit }),
    [incident, clock, decide, onShow, mayEdit],
  );
  if (waits) return <EmptyState icon="bulb" title={t("noneTitle")} body={t("noneBody")} />;
  if (analysis.isError) {
    return <ErrorBox what={t("load")} error={analysis.error} onRetry={() => void analysis.refetch()} />;
  }
  if (!analysis.data) {
    return (
      <Delayed label={t("load")}>
        <div className={classes.waiting}>
          <Bone width="100%" height={180} />
          <Bone width="100%" height={72} />
        </div>
      </Delayed>
    );
  }
  const { hypotheses, patterns, anomalies } = analysis.data;
  const signals = new Set(anomalies.map(({ signal }) => signal));
  return (
    <InsightContext value={insight}>
      <div className={classes.insight}>
        <Boundary what={t("believe")}>
          <Hypotheses hypotheses={hypotheses} />
        </Boundary>
        <div className={classes.side}>
          <Boundary what={t("patterns")}>
            <Patterns patterns={patterns} signals={signals} />
          </Boundary>
          <Boundary what={t("anomalies")}>
            <Anomalies anomalies={anomalies} />
          </Boundary>
        </div>
      </div>
    </InsightContext>
  );
}
