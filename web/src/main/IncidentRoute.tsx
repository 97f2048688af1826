import { useParams } from "@tanstack/react-router";
import { IncidentPage } from "../features/incident";

/** Another incident is another page: nothing of the earlier one may stay. */
export function IncidentRoute() {
  const { incidentId } = useParams({ from: "/shell/incidents/$incidentId" });
  return <IncidentPage key={incidentId} incidentId={incidentId} />;
}
