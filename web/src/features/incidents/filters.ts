import type { IncidentQuery, IncidentStatus, Severity } from "../../api";

export const SEVERITIES: readonly Severity[] = ["sev1", "sev2", "sev3", "sev4"];
export const STATUSES: readonly IncidentStatus[] = ["investigating", "mitigated", "resolved", "closed"];
export const PERIODS = ["7d", "30d", "90d", "365d"] as const;
export type Period = (typeof PERIODS)[number];

/** What the list is narrowed to. Lives in the address, so that a view can be sent to somebody. */
export interface Filters {
  q: string;
  severity: readonly Severity[];
  status: readonly IncidentStatus[];
  service: string | undefined;
  period: Period | undefined;
}

/** One thing the list is narrowed by, as a chip that can be taken away. */
export type Chip =
  | { kind: "q"; value: string }
  | { kind: "severity"; value: Severity }
  | { kind: "status"; value: IncidentStatus }
  | { kind: "service"; value: string }
  | { kind: "period"; value: Period };

type Search = Record<string, string | undefined>;

const DAY_MS = 86_400_000;

function known<T extends string>(text: string | undefined, choices: readonly T[]): T[] {
  const wanted = (text ?? "").split(",");
  return choices.filter((choice) => wanted.includes(choice));
}

export function readFilters(search: Search): Filters {
  return {
    q: search.q ?? "",
    severity: known(search.severity, SEVERITIES),
    status: known(search.status, STATUSES),
    service: search.service || undefined,
    period: PERIODS.find((period) => period === search.period),
  };
}

export function writeFilters(filters: Filters): Search {
  const search: Search = {
    q: filters.q,
    severity: filters.severity.join(","),
    status: filters.status.join(","),
    service: filters.service,
    period: filters.period,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value));
}

export function chipsOf(filters: Filters): Chip[] {
  return [
    ...(filters.q ? [{ kind: "q" as const, value: filters.q }] : []),
    ...filters.severity.map((value) => ({ kind: "severity" as const, value })),
    ...filters.status.map((value) => ({ kind: "status" as const, value })),
    ...(filters.service ? [{ kind: "service" as const, value: filters.service }] : []),
    ...(filters.period ? [{ kind: "period" as const, value: filters.period }] : []),
  ];
}

export function withoutChip(filters: Filters, chip: Chip): Filters {
  switch (chip.kind) {
    case "q":
      return { ...filters, q: "" };
    case "period":
      return { ...filters, period: undefined };
    case "severity":
      return { ...filters, severity: filters.severity.filter((value) => value !== chip.value) };
    case "status":
      return { ...filters, status: filters.status.filter((value) => value !== chip.value) };
    case "service":
      return { ...filters, service: undefined };
  }
}

/** Puts a value in when it is missing, takes it out when it is there. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** The call that answers these filters. A period begins at a whole day, so that the answer can be kept. */
export function toQuery(filters: Filters, nowMs: number): IncidentQuery {
  const query: IncidentQuery = {};
  if (filters.q.trim()) query.q = filters.q.trim();
  if (filters.severity.length > 0) query.severity = filters.severity.join(",");
  if (filters.status.length > 0) query.status = filters.status.join(",");
  if (filters.service) query.service = filters.service;
  if (filters.period) {
    const start = nowMs - Number.parseInt(filters.period, 10) * DAY_MS;
    query.from = new Date(start - (start % DAY_MS)).toISOString();
  }
  return query;
}
