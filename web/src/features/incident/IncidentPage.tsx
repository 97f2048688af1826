import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { incidentQuery } from "../../api";
import { ApiError } from "../../lib/failure";
import { Boundary, ErrorBox, NowhereState } from "../../ui";
import { IncidentHeader } from "./header/IncidentHeader";
import classes from "./IncidentPage.module.css";
import { IncidentSkeleton } from "./IncidentSkeleton";
import { TabPanel } from "./TabPanel";
import { useIncidentAddress } from "./useIncidentAddress";

/** One incident: its head, the same on every tab, and below it what the tab shows. */
export function IncidentPage({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation("incident");
  const query = useQuery(incidentQuery(incidentId));
  const address = useIncidentAddress();
  if (query.isPending) return <IncidentSkeleton />;
  if (query.error instanceof ApiError && query.error.status === 404) return <NowhereState />;
  if (query.isError) {
    return <ErrorBox what={t("load")} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <article className={classes.page}>
      <Boundary what={t("head")}>
        <IncidentHeader
          incident={query.data}
          tab={address.tab}
          onTab={address.setTab}
          zone={address.timeline.zone}
        />
      </Boundary>
      <div className={classes.body}>
        <Boundary key={address.tab} what={t(`tabs.${address.tab}`)}>
          <Suspense>
            <TabPanel incident={query.data} address={address} />
          </Suspense>
        </Boundary>
      </div>
    </article>
  );
}
