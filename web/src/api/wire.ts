/** The shapes of the HTTP interface, as this UI reads them. What `schema.d.ts` beside it can say, generated from the
 * OpenAPI document by `npm run gen`, is taken from there. Nothing outside `src/api` imports it. */

type Generated = import("./schema").components["schemas"];
type Time = string;
type Severity = "sev1" | "sev2" | "sev3" | "sev4";
type IncidentStatus = "investigating" | "mitigated" | "resolved" | "closed";
type Access = "viewer" | "commenter" | "editor" | "owner";
type Role = "admin" | "editor" | "commenter" | "viewer";
type IncidentRole = "commander" | "operations" | "communications" | "scribe";
type EventKind = "metric" | "log" | "trace" | "user_action" | "system_event" | "note";
type EventSeverity = "info" | "notice" | "warning" | "error" | "critical";
type CorrelationState = "proposed" | "confirmed" | "rejected";
type FindingState = "open" | "supported" | "refuted" | "confirmed" | "dismissed";
type ClockName = "started_at" | "detected_at" | "mitigated_at" | "resolved_at";

interface PersonRef {
  id: string;
  name: string;
}

interface Window {
  start: Time;
  end: Time;
}

type Incident = Generated["Incident"];

interface IncidentDraft {
  title: string;
  severity?: Severity;
  status?: IncidentStatus;
  services?: string[];
  visibility?: "public" | "private";
  started_at?: Time | null;
  detected_at?: Time | null;
  mitigated_at?: Time | null;
  resolved_at?: Time | null;
  impact?: string | null;
  timezone?: string | null;
  entry_service?: string | null;
}

type IncidentChange = Partial<IncidentDraft> & { version: number; confirm?: ClockName[] };

type Correlation = Generated["Correlation"];

interface Event {
  id: string;
  incident_id: string;
  kind: EventKind;
  type: string | null;
  occurred_at: Time;
  ended_at: Time | null;
  uncertainty_us: number | null;
  observed_at: Time | null;
  recorded_at: Time;
  service: string | null;
  instance: string | null;
  title: string;
  detail: string | null;
  severity: EventSeverity;
  key: boolean;
  key_reason: string | null;
  starred: boolean;
  hidden: boolean;
  attributes: Record<string, unknown>;
  provenance: {
    source: string;
    query: string | null;
    file: string | null;
    rows: number[] | null;
    sha256: string | null;
  };
  correlations?: Correlation[];
  author: PersonRef | null;
  version: number;
}

interface EventDraft {
  title: string;
  occurred_at: Time;
  ended_at?: Time | null;
  kind?: EventKind;
  type?: string | null;
  service?: string | null;
  detail?: string | null;
  severity?: EventSeverity;
  uncertainty_us?: number;
  starred?: boolean;
  key?: boolean;
  attributes?: Record<string, unknown>;
}

interface EventChange {
  title?: string;
  occurred_at?: Time;
  ended_at?: Time | null;
  service?: string | null;
  detail?: string | null;
  severity?: EventSeverity;
  starred?: boolean;
  key?: boolean;
  hidden?: boolean;
  version: number;
}

interface EventVersion {
  version: number;
  at: Time;
  by: PersonRef | null;
  change: "created" | "updated" | "deleted" | "restored";
  before: Partial<Event> | null;
  after: Partial<Event> | null;
}

type Drawing = Generated["Drawing"];

type Series = Generated["Series"];

type Anomaly = Generated["Anomaly"];

type Pattern = Generated["Pattern"];

type Hypothesis = Generated["Hypothesis"];

interface Analysis {
  window: Window | null;
  timeline: Event[];
  anomalies: Anomaly[];
  patterns: Pattern[];
  hypotheses: Hypothesis[];
  stats: Record<string, unknown>;
}

type CaptureManifest = Generated["Manifest"];

interface CaptureRows {
  columns: string[];
  rows: (string | number | boolean | null)[][];
}

type Session = Generated["Session"];

type OwnSession = Generated["OwnSession"];

type Person = Generated["Person"];

type Invitation = Generated["Invitation"];

type Token = Generated["Token"];

type AuditEntry = Generated["AuditEntry"];

type SearchResult =
  | { noun: "incident"; id: string; number: number; title: string }
  | { noun: "event"; id: string; incident_id: string; title: string; service: string | null };

type Problem = Generated["Problem"];

export interface components {
  schemas: {
    Incident: Incident;
    IncidentDraft: IncidentDraft;
    IncidentChange: IncidentChange;
    Event: Event;
    EventDraft: EventDraft;
    EventChange: EventChange;
    EventVersion: EventVersion;
    Correlation: Correlation;
    Drawing: Drawing;
    Series: Series;
    Analysis: Analysis;
    Anomaly: Anomaly;
    Pattern: Pattern;
    Hypothesis: Hypothesis;
    CaptureManifest: CaptureManifest;
    CaptureRows: CaptureRows;
    Session: Session;
    OwnSession: OwnSession;
    Person: Person;
    Invitation: Invitation;
    Token: Token;
    AuditEntry: AuditEntry;
    SearchResult: SearchResult;
    Problem: Problem;
  };
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** One operation in the form of openapi-typescript. */
interface Op<Out, Body = never, Query = never, Path = never> {
  parameters: {
    query?: Query;
    header?: never;
    path: Path;
    cookie?: never;
  };
  requestBody?: [Body] extends [never] ? never : { content: { "application/json": Body } };
  responses: {
    200: { headers: Record<string, unknown>; content: { "application/json": Out } };
    default: { headers: Record<string, unknown>; content: { "application/problem+json": Problem } };
  };
}

type Root<Out, Body = never, Query = never> = Omit<Op<Out, Body, Query>, "parameters"> & {
  parameters: { query?: Query; header?: never; path?: never; cookie?: never };
};

type OneIncident = { incident_id: string };
type Slice = { cursor?: string; limit?: number };

export interface paths {
  "/api/v1/incidents": {
    get: Root<
      Page<Incident>,
      never,
      Slice & {
        q?: string;
        severity?: string;
        status?: string;
        service?: string;
        from?: Time;
        to?: Time;
        sort?: string;
      }
    >;
    post: Root<Incident, IncidentDraft>;
  };
  "/api/v1/incidents/{incident_id}": {
    get: Op<Incident, never, never, OneIncident>;
    patch: Op<Incident, IncidentChange, never, OneIncident>;
    delete: Op<undefined, never, never, OneIncident>;
  };
  "/api/v1/incidents/{incident_id}/members/{person_id}": {
    put: Op<Incident, { access: Access }, never, OneIncident & { person_id: string }>;
    delete: Op<undefined, never, never, OneIncident & { person_id: string }>;
  };
  "/api/v1/incidents/{incident_id}/roles/{role}": {
    put: Op<Incident, { person_id: string }, never, OneIncident & { role: IncidentRole }>;
    delete: Op<undefined, never, never, OneIncident & { role: IncidentRole }>;
  };
  "/api/v1/incidents/{incident_id}/capture": { get: Op<CaptureManifest, never, never, OneIncident> };
  "/api/v1/incidents/{incident_id}/capture/rows": {
    get: Op<CaptureRows, never, { table: string; from_row?: number; limit?: number }, OneIncident>;
  };
  "/api/v1/incidents/{incident_id}/timeline": {
    get: Op<
      Page<Event> | Drawing,
      never,
      Slice & {
        from?: Time;
        to?: Time;
        kinds?: string;
        services?: string;
        q?: string;
        key?: boolean;
        order?: "asc" | "desc";
        resolution?: number;
        lanes?: "service" | "kind";
      },
      OneIncident
    >;
  };
  "/api/v1/incidents/{incident_id}/events": { post: Op<Event, EventDraft, never, OneIncident> };
  "/api/v1/incidents/{incident_id}/events/batch": {
    post: Op<{ items: Event[] }, { events: EventDraft[] }, never, OneIncident>;
  };
  "/api/v1/events/{event_id}": {
    get: Op<Event, never, never, { event_id: string }>;
    patch: Op<Event, EventChange, never, { event_id: string }>;
    delete: Op<undefined, never, never, { event_id: string }>;
  };
  "/api/v1/events/{event_id}/history": {
    get: Op<{ items: EventVersion[] }, never, never, { event_id: string }>;
  };
  "/api/v1/events/{event_id}/restore": { post: Op<Event, never, never, { event_id: string }> };
  "/api/v1/events/{event_id}/correlations/{other_id}": {
    put: Op<Event, { state: CorrelationState }, never, { event_id: string; other_id: string }>;
  };
  "/api/v1/incidents/{incident_id}/analysis": {
    get: Op<Analysis, never, { timeline?: "none" }, OneIncident>;
    post: Op<{ job?: unknown }, never, never, OneIncident>;
  };
  "/api/v1/findings/{finding_id}": {
    patch: Op<unknown, { state: FindingState; version: number }, never, { finding_id: string }>;
  };
  "/api/v1/incidents/{incident_id}/series": {
    get: Op<
      { items: Series[] },
      never,
      { ids?: string; from?: Time; to?: Time; points?: number },
      OneIncident
    >;
  };
  "/api/v1/session": {
    get: Root<Session>;
    post: Root<Session, { email: string; password: string }>;
    delete: Root<undefined>;
  };
  "/api/v1/session/link": { post: Root<Session, { token: string }> };
  "/api/v1/session/password": { put: Root<undefined, { current?: string; password: string }> };
  "/api/v1/session/preferences": { patch: Root<unknown, Record<string, string>> };
  "/api/v1/sessions": { get: Root<Page<OwnSession>>; delete: Root<undefined> };
  "/api/v1/sessions/{session_id}": { delete: Op<undefined, never, never, { session_id: string }> };
  "/api/v1/setup": {
    get: Root<{ needed: boolean }>;
    post: Root<Session, { token: string; name: string; email: string; password: string }>;
  };
  "/api/v1/people": { get: Root<Page<Person>, never, Slice> };
  "/api/v1/people/{person_id}": {
    patch: Op<Person, { name?: string; role?: Role; suspended?: boolean }, never, { person_id: string }>;
  };
  "/api/v1/invitations": {
    get: Root<Page<Invitation>, never, Slice>;
    post: Root<Invitation, { email: string; name?: string; role: Role }>;
  };
  "/api/v1/invitations/{invitation_id}": { delete: Op<undefined, never, never, { invitation_id: string }> };
  "/api/v1/invitations/accept": { post: Root<Session, { token: string; name: string; password: string }> };
  "/api/v1/tokens": {
    get: Root<Page<Token>, never, Slice>;
    post: Root<Token, { name: string; role: Role; incident_ids?: string[]; expires_at?: Time }>;
  };
  "/api/v1/tokens/{token_id}": { delete: Op<undefined, never, never, { token_id: string }> };
  "/api/v1/audit": { get: Root<Page<AuditEntry>, never, Slice> };
  "/api/v1/search": { get: Root<{ items: SearchResult[] }, never, { q: string }> };
}
