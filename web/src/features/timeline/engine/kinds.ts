import type { EventSeverity } from "../../../api";
import type { Alert, Kind } from "../../../ui/kinds";

export { alertOf } from "../../../ui/kinds";
export type { Alert, Kind };

/** The order is the one of the wire: buckets name their kind by its place here. */
export const KINDS: readonly Kind[] = ["metric", "log", "trace", "user_action", "system_event", "note"];

export const kindAt = (index: number): Kind => KINDS[index] ?? "note";
export const kindIndex = (kind: Kind): number => KINDS.indexOf(kind);

/** From bottom to top of a density column: what machines say most of lies lowest. */
export const STACK_ORDER: readonly number[] = [1, 2, 0, 4, 3, 5];

export const SEVERITIES: readonly EventSeverity[] = ["info", "notice", "warning", "error", "critical"];
export const CRITICAL = 4;
