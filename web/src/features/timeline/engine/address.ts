import { formatInstant, type Micros, parseInstant } from "../../../lib/time";
import type { Grouping } from "./drawing";
import { KINDS, type Kind } from "./kinds";
import type { Span } from "./view";

/** All of the view that an address carries, so that a link shows another person the same picture. */
export interface AddressState {
  view: Span | null;
  grouping: Grouping;
  /** Kinds that are switched off. */
  hiddenKinds: readonly Kind[];
  services: readonly string[];
  q: string;
  zone: string | null;
  selected: string | null;
  /** Null: the strips that the server proposes. */
  strips: readonly string[] | null;
  range: Span | null;
  twin: "board" | "list";
}

export const EMPTY_ADDRESS: AddressState = {
  view: null,
  grouping: "service",
  hiddenKinds: [],
  services: [],
  q: "",
  zone: null,
  selected: null,
  strips: null,
  range: null,
  twin: "board",
};

type Search = Record<string, string | undefined>;

/** `2026-11-12T14:04:50Z`, with a fraction only where there is one. */
function writeTime(at: Micros): string {
  return formatInstant(at).replace(/\.?0+Z$/, "Z");
}

function readTime(text: string | undefined): Micros {
  return text === undefined ? Number.NaN : parseInstant(text);
}

function readSpan(start: string | undefined, end: string | undefined): Span | null {
  const span = { start: readTime(start), end: readTime(end) };
  return span.start < span.end ? span : null;
}

const list = (text: string | undefined): string[] =>
  text ? text.split(",").filter((part) => part !== "") : [];

export function writeAddress(state: AddressState): Search {
  const shown = KINDS.filter((kind) => !state.hiddenKinds.includes(kind));
  return {
    from: state.view ? writeTime(state.view.start) : undefined,
    to: state.view ? writeTime(state.view.end) : undefined,
    lanes: state.grouping === "kind" ? "kind" : undefined,
    kinds: state.hiddenKinds.length > 0 ? shown.join() || "none" : undefined,
    services: state.services.map(encodeURIComponent).join() || undefined,
    q: state.q || undefined,
    zone: state.zone ?? undefined,
    event: state.selected ?? undefined,
    strips: state.strips ? state.strips.join() || "none" : undefined,
    range: state.range ? `${writeTime(state.range.start)}..${writeTime(state.range.end)}` : undefined,
    view: state.twin === "list" ? "list" : undefined,
  };
}

/** Reads what it understands; an address that another version or a person wrote must still show something. */
export function readAddress(search: Search): AddressState {
  const shown = list(search.kinds);
  const [start, end] = (search.range ?? "").split("..");
  return {
    view: readSpan(search.from, search.to),
    grouping: search.lanes === "kind" ? "kind" : "service",
    hiddenKinds: search.kinds ? KINDS.filter((kind) => !shown.includes(kind)) : [],
    services: list(search.services).map(decode),
    q: search.q ?? "",
    zone: search.zone ?? null,
    selected: search.event ?? null,
    strips: search.strips === undefined ? null : list(search.strips).filter((id) => id !== "none"),
    range: readSpan(start, end),
    twin: search.view === "list" ? "list" : "board",
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
