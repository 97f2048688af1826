import type { IncidentDraft, Severity } from "../../api";
import { formatInstant, instantInZone, type Micros } from "../../lib/time";

/** What the form of "Declare incident" holds. */
export interface DeclareForm {
  title: string;
  severity: Severity;
  services: string[];
  startedAt: string;
  visibility: "public" | "private";
}

export type DeclareProblem = "title" | "startedAt";

export const TITLE_MAX = 300;

/** The request for a form, or the first field that has to change. A time in the future is nobody's start. */
export function toDraft(form: DeclareForm, zone: string, now: Micros): IncidentDraft | DeclareProblem {
  const title = form.title.trim();
  if (!title || [...title].length > TITLE_MAX) return "title";
  const draft: IncidentDraft = {
    title,
    severity: form.severity,
    status: "investigating",
    services: form.services,
    visibility: form.visibility,
  };
  if (!form.startedAt.trim()) return draft;
  const started = instantInZone(form.startedAt, zone);
  if (Number.isNaN(started) || started > now + 60_000_000) return "startedAt";
  return { ...draft, started_at: formatInstant(started) };
}
