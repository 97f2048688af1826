import { useQuery } from "@tanstack/react-query";
import { incidentQuery } from "../../api";

export function IncidentPage({ incidentId }: { incidentId: string }) {
  const { data: incident } = useQuery(incidentQuery(incidentId));
  return <h1>{incident?.title}</h1>;
}
