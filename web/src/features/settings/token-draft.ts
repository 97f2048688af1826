import type { Role, TokenDraft } from "../../api";

export const LIFETIMES = ["30", "90", "365", "never"] as const;
export type Lifetime = (typeof LIFETIMES)[number];

/** What the form of "Create token" holds. */
export interface TokenForm {
  name: string;
  role: Role;
  incidentIds: string[];
  lifetime: Lifetime;
}

const DAY_MS = 86_400_000;

/** The request for a form; nothing without a name. No incidents chosen means: all that the role may see. */
export function toTokenDraft(form: TokenForm, nowMs: number): TokenDraft | undefined {
  const name = form.name.trim();
  if (!name) return undefined;
  const draft: TokenDraft = { name, role: form.role };
  if (form.incidentIds.length > 0) draft.incident_ids = form.incidentIds;
  if (form.lifetime !== "never")
    draft.expires_at = new Date(nowMs + Number(form.lifetime) * DAY_MS).toISOString();
  return draft;
}
