import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Incident, listTimeline } from "../../api";
import { parseInstant } from "../../lib/time";
import { Boundary, Delayed, ErrorBox } from "../../ui";
import type { AddressState } from "./engine/address";
import type { Span } from "./engine/view";
import { openSession, type Session } from "./model/session";
import { useAddress, useBounds } from "./model/useAddress";
import { Skeleton } from "./Skeleton";
import { TimelineWork } from "./TimelineWork";

interface Props {
  incident: Incident;
  address: AddressState;
  /** Told after the view has come to rest. */
  onAddress: (state: AddressState) => void;
}

/** First and last event: people may put some outside of the capture. */
function useExtent(incident: Incident) {
  return useQuery({
    queryKey: ["incident-extent", incident.id],
    queryFn: async ({ signal }): Promise<Span | null> => {
      const [first, last] = await Promise.all([
        listTimeline(incident.id, { order: "asc", limit: 1 }, signal),
        listTimeline(incident.id, { order: "desc", limit: 1 }, signal),
      ]);
      const [start, end] = [first.items[0], last.items[0]];
      return start && end
        ? { start: parseInstant(start.occurred_at), end: parseInstant(end.occurred_at) }
        : null;
    },
  });
}

/** The timeline of one incident. */
export function TimelinePanel({ incident, address, onAddress }: Props) {
  const { t } = useTranslation("timeline");
  const extent = useExtent(incident);
  if (extent.isError) {
    return <ErrorBox what={t("state.loading")} error={extent.error} onRetry={() => void extent.refetch()} />;
  }
  if (extent.data === undefined) {
    return (
      <Delayed label={t("state.loading")}>
        <Skeleton />
      </Delayed>
    );
  }
  return (
    <Boundary what={t("title")}>
      <Opened incident={incident} extent={extent.data} address={address} onAddress={onAddress} />
    </Boundary>
  );
}

/** Keeps one session while the incident is shown, so that coming back to the tab finds the view as it was. */
const SESSIONS = new Map<string, Session>();

function Opened({ incident, extent, address, onAddress }: Props & { extent: Span | null }) {
  const queries = useQueryClient();
  const [session] = useState(() => {
    const kept = SESSIONS.get(incident.id);
    const opened = kept ?? openSession(incident, extent, address);
    SESSIONS.clear();
    SESSIONS.set(incident.id, opened);
    return opened;
  });
  const refreshExtent = useCallback(
    () => queries.invalidateQueries({ queryKey: ["incident-extent", incident.id] }),
    [queries, incident.id],
  );
  useAddress(session, address, onAddress);
  useBounds(session, incident, extent);
  return useMemo(
    () => <TimelineWork incident={incident} session={session} onChanged={refreshExtent} />,
    [incident, session, refreshExtent],
  );
}
