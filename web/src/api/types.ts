import type { components } from "./schema";

type Schemas = components["schemas"];

export type Incident = Schemas["Incident"];
export type IncidentDraft = Schemas["IncidentDraft"];
export type IncidentChange = Schemas["IncidentPatch"];
export type Severity = Incident["severity"];
export type IncidentStatus = Incident["status"];
export type Access = Incident["access"];
export type Spark = NonNullable<Incident["spark"]>;
export type IncidentRole = Incident["roles"][number]["role"];
export type ClockName = keyof Incident["clocks"];
export type PersonRef = Incident["roles"][number]["person"];

export type TimelineEvent = Schemas["Event"];
export type EventDraft = Schemas["EventDraft"];
export type EventChange = Schemas["EventPatch"];
export type EventVersion = Schemas["EventStep"];
export type EventKind = TimelineEvent["kind"];
export type EventSeverity = TimelineEvent["severity"];
export type Correlation = Schemas["Correlation"];
export type CorrelationState = Correlation["state"];
export type Drawing = Schemas["Drawing"];
export type Lane = Drawing["lanes"][number];
export type Series = Schemas["Series"];

export type Analysis = Schemas["Analysis"];
export type Anomaly = Schemas["Anomaly"];
export type Pattern = Schemas["Pattern"];
export type Hypothesis = Schemas["Hypothesis"];
export type FindingState = Anomaly["state"];
export type CaptureManifest = Schemas["Manifest"];
export type CaptureTable = Schemas["CaptureTable"];
export type CaptureRows = Schemas["RowsView"];

export type Session = Schemas["Session"];
export type OwnSession = Schemas["OwnSession"];
export type Person = Schemas["Person"];
export type Role = Person["role"];
export type Invitation = Schemas["Invitation"];
export type Token = Schemas["Token"];
export type AuditEntry = Schemas["AuditEntry"];
export type SearchResult = Schemas["Hit"];
export type Problem = Schemas["Problem"];

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
