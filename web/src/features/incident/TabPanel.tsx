import { lazy } from "react";
import type { Incident } from "../../api";
import { TimelinePanel } from "../timeline";
import { AnalysisNotice } from "./AnalysisNotice";
import { NoCapture } from "./NoCapture";
import classes from "./TabPanel.module.css";
import type { IncidentAddress } from "./useIncidentAddress";

const InsightPanel = lazy(() => import("../insight").then(({ InsightPanel }) => ({ default: InsightPanel })));
const EvidencePanel = lazy(() =>
  import("./evidence/EvidencePanel").then(({ EvidencePanel }) => ({ default: EvidencePanel })),
);

/** What the chosen tab shows. */
export function TabPanel({ incident, address }: { incident: Incident; address: IncidentAddress }) {
  if (address.tab === "evidence") return <EvidencePanel incident={incident} />;
  if (address.tab === "insight") {
    return (
      <div className={classes.column}>
        <AnalysisNotice incident={incident} />
        <InsightPanel incident={incident} zone={address.timeline.zone} onShow={address.showOnTimeline} />
      </div>
    );
  }
  return (
    <div className={classes.column}>
      <AnalysisNotice incident={incident} />
      {incident.capture === null && incident.counts.events === 0 && <NoCapture incident={incident} />}
      <TimelinePanel incident={incident} address={address.timeline} onAddress={address.setTimeline} />
    </div>
  );
}
