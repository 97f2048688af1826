/** The shapes of the HTTP interface, as this UI reads them: closed sets and nulls more exactly than the generated
 * `schema.d.ts` beside it can say. Has the form that openapi-typescript generates; nothing outside `src/api` imports it. */

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
type AnalysisState = "none" | "queued" | "running" | "done" | "failed";

interface PersonRef {
  id: string;
  name: string;
}

interface ClockSource {
  by: { kind: "person" | "alert" | "capture" | "analysis"; name: string | null };
  confirmed: boolean;
}

interface Window {
  start: Time;
  end: Time;
}

interface Spark {
  signal: string;
  service: string;
  points: number[];
  anomaly: number[] | null;
}

interface Incident {
  id: string;
  number: number;
  title: string;
  severity: Severity;
  status: IncidentStatus;
  services: string[];
  visibility: "public" | "private";
  started_at: Time | null;
  detected_at: Time | null;
  mitigated_at: Time | null;
  resolved_at: Time | null;
  clocks: { [K in ClockName]: ClockSource | null };
  roles: { role: IncidentRole; person: PersonRef }[];
  members?: { person: PersonRef; access: Access }[];
  impact: string | null;
  entry_service: string | null;
  timezone: string | null;
  window: Window | null;
  example: boolean;
  capture: { id: string; size_bytes: number; file_count: number; sha256: string; collected_at: Time } | null;
  counts: { events: number; key_events: number; anomalies: number; patterns: number; hypotheses: number };
  analysis_state: AnalysisState;
  analysis_error?: string | null;
  spark?: Spark | null;
  access: Access;
  version: number;
  created_at: Time;
  updated_at: Time;
}

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

interface Reason {
  name: string;
  weight: number;
  detail?: string | null;
}

interface Correlation {
  id: string;
  score: number;
  reasons: Reason[];
  state: CorrelationState;
  by?: PersonRef | null;
}

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

interface Drawing {
  from: number;
  to: number;
  resolution: number;
  lanes: {
    key: string;
    label: string;
    depth: number;
    event_count: number;
    t0: number[];
    /** From the first to the last event of the bucket. */
    span: number[];
    n: number[];
    kind: number[];
    severity: number[];
    sample: string[];
  }[];
  kinds: EventKind[];
  events: Event[];
  total: number;
  revision: number;
}

interface Series {
  id: string;
  service: string;
  metric: string;
  unit: string | null;
  kind: "metric" | "log" | "trace";
  instance: string | null;
  point_count: number;
  min: number | null;
  max: number | null;
  anomaly_score: number;
  anomalies: { id: string; start: number | Time; end: number | Time; score: number; type: string }[];
  baseline: { low: number; high: number } | null;
  shown: boolean;
  t?: number[];
  v?: (number | null)[];
}

interface Anomaly {
  id: string;
  service: string;
  signal: string;
  signal_kind: "metric" | "log" | "trace";
  type: string;
  start: Time;
  end: Time;
  score: number;
  detectors: { name: string; family: "statistical" | "ml" | "rule"; score: number }[];
  events: string[];
  title: string;
  why: string;
  series_id: string | null;
  baseline: { low: number; high: number } | null;
  peak: number | null;
  unit: string | null;
  state: FindingState;
  version: number;
}

interface Pattern {
  id: string;
  title: string;
  why: string;
  type: string;
  confidence: number;
  services: string[];
  evidence: string[];
  found_by: ("template" | "ml" | "statistics")[];
  recommendation: string;
  state: FindingState;
  version: number;
}

interface Hypothesis {
  id: string;
  title: string;
  why: string;
  rank: number;
  service: string;
  signal?: string | null;
  fault?: string | null;
  score: number;
  evidence: string[];
  counter_evidence: string[];
  not_seen: ("metric" | "log" | "trace")[];
  state: FindingState;
  version: number;
}

interface Analysis {
  window: Window | null;
  timeline: Event[];
  anomalies: Anomaly[];
  patterns: Pattern[];
  hypotheses: Hypothesis[];
  stats: Record<string, unknown>;
}

interface CaptureManifest {
  id: string;
  collected_at: Time;
  window: Window | null;
  files: { name: string; size_bytes: number; sha256: string; rows: number | null; source: string | null }[];
}

interface CaptureRows {
  columns: string[];
  rows: (string | number | boolean | null)[][];
}

interface Session {
  person: { id: string; name: string; email: string | null; role: Role };
  instance: { name: string; version: string; demo: boolean };
  preferences: Record<string, unknown>;
}

interface Person {
  id: string;
  name: string;
  email: string | null;
  role: Role;
  suspended: boolean;
  version: number;
  created_at: Time;
}

interface Invitation {
  id: string;
  email: string;
  name: string | null;
  role: Role;
  created_at: Time;
  expires_at: Time | null;
  link?: string;
}

interface Token {
  id: string;
  name: string;
  role: Role;
  incident_ids: string[] | null;
  expires_at: Time | null;
  last_used_at: Time | null;
  created_at: Time;
  created_by: PersonRef;
  may_create_tokens: boolean;
  token?: string;
}

interface AuditEntry {
  id: string | number;
  at: Time;
  actor: PersonRef;
  via: string | null;
  action: string;
  noun: string;
  noun_id: string;
  incident_id: string | null;
  request_id: string | null;
  detail: string | null;
  hash: string;
}

type SearchResult =
  | { noun: "incident"; id: string; number: number; title: string }
  | { noun: "event"; id: string; incident_id: string; title: string; service: string | null };

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  request_id: string;
  fields?: { path: string; code: string; detail: string }[];
  current?: unknown;
}

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
