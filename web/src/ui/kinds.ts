export type Kind = "metric" | "log" | "trace" | "user_action" | "system_event" | "note";

/** One shape for each event kind in a box of 14 x 14: the same path in DOM, canvas and legend. */
export const KIND_SHAPES: Record<Kind, string> = {
  metric: "M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2",
  log: "M3.8 2.5h6.4a1.3 1.3 0 0 1 1.3 1.3v6.4a1.3 1.3 0 0 1-1.3 1.3H3.8a1.3 1.3 0 0 1-1.3-1.3V3.8a1.3 1.3 0 0 1 1.3-1.3",
  trace: "M3.3 4.2h7.4a2.8 2.8 0 0 1 0 5.6H3.3a2.8 2.8 0 0 1 0-5.6",
  user_action: "M7 .9 13.1 7 7 13.1.9 7z",
  system_event: "M4 1.8h6L13 7l-3 5.2H4L1 7z",
  note: "M3 1.5h8.5L9.3 4.9l2.2 3.4H4.3v4.6H3z",
};

/** An alert is a system event that calls: filled with a stroke in it while it fires, hollow when it is over. */
export type Alert = "fires" | "over";
export const ALERT_STROKE = "M7 4.2v3.3M7 9.6v.1";

export function alertOf(type: string | null | undefined): Alert | null {
  if (type === "alert") return "fires";
  return type === "alert_resolved" ? "over" : null;
}

/** The token of each kind, for what cannot use the style sheet (the canvas reads their values). */
export const KIND_TOKENS: Record<Kind, string> = {
  metric: "--k-metric",
  log: "--k-log",
  trace: "--k-trace",
  user_action: "--k-user",
  system_event: "--k-system",
  note: "--k-note",
};
