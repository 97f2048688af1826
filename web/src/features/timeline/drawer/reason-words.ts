/** What the parts of a relation say in full, as far as the server says it in figures and codes. */
export type ReasonWords =
  | { is: "text"; text: string }
  | { is: "curves"; r: string; lag: string }
  | { is: "traces"; count: number }
  | { is: "pair"; earlier: Happening; later: Happening }
  | { is: "sameAnomaly" };

const HAPPENINGS = [
  "alert",
  "anomaly",
  "change",
  "damage",
  "kill",
  "log",
  "recovery",
  "resolved",
  "response",
  "silence",
] as const;
export type Happening = (typeof HAPPENINGS)[number];

const happening = (word: string | undefined): Happening | undefined =>
  HAPPENINGS.find((known) => known === word);

/** Nothing where there is nothing to add: how far apart two events are stands beside their names already. */
export function reasonWords(name: string, detail: string | null | undefined): ReasonWords | null {
  if (!detail || name === "time") return null;
  if (name === "shared_id" && detail.startsWith("finding=")) return { is: "sameAnomaly" };
  if (name === "shared_trace" && /^\d+$/.test(detail)) return { is: "traces", count: Number(detail) };
  if (name === "co_movement") {
    const [, r, lag] = /^r (-?[\d.]+), lag (-?\d+ (?:s|min))$/.exec(detail) ?? [];
    if (r && lag) return { is: "curves", r, lag };
  }
  if (name === "type_pair") {
    const [earlier, later] = detail.split(" → ").map(happening);
    if (earlier && later) return { is: "pair", earlier, later };
  }
  return { is: "text", text: detail };
}
