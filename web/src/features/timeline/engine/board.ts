import type { Micros } from "../../../lib/time";
import { type AddressState, EMPTY_ADDRESS } from "./address";
import type { Grouping, Mark } from "./drawing";
import { KINDS, type Kind } from "./kinds";
import type { DrawingFilter } from "./tiles";
import { clampView, lengthOf, padded, panBy, reveal, type Span, zoomAt } from "./view";

export interface BoardState {
  /** As far as one can look. */
  bounds: Span;
  /** Where one begins, and returns to with `f`. */
  home: Span;
  view: Span;
  grouping: Grouping;
  hiddenKinds: readonly Kind[];
  services: readonly string[];
  q: string;
  /** The zone that the address asks for; null: the reader's own choice. */
  zone: string | null;
  selected: string | null;
  /** Whether the drawer of the selected event is open. */
  open: boolean;
  strips: readonly string[] | null;
  range: Span | null;
  twin: "board" | "list";
  /** Lanes that a person folded (true) or unfolded (false) against the proposal. */
  folds: ReadonlyMap<string, boolean>;
  /** Events picked with `x`, to act on together. */
  picked: ReadonlySet<string>;
}

const ZOOM_STEP = 0.7;
const PAN_STEP = 0.18;

/** What a person looks at and what they chose: the state behind board, list twin, minimap, drawer and address. */
export class Board {
  #state: BoardState;
  #listeners = new Set<() => void>();

  constructor(bounds: Span, home: Span, address: AddressState = EMPTY_ADDRESS) {
    const { view, ...chosen } = address;
    this.#state = {
      ...chosen,
      bounds,
      home: clampView(home, bounds),
      view: clampView(view ?? home, bounds),
      open: address.selected !== null,
      folds: new Map(),
      picked: new Set(),
    };
  }

  get = (): BoardState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(change: Partial<BoardState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** The window grew, or the incident's clocks moved: stays where the reader is. */
  setBounds(bounds: Span, home: Span): void {
    const { view } = this.#state;
    this.set({ bounds, home: clampView(home, bounds), view: clampView(view, bounds) });
  }

  look(view: Span): void {
    const next = clampView(view, this.#state.bounds);
    const { start, end } = this.#state.view;
    if (next.start !== start || next.end !== end) this.set({ view: next });
  }

  zoom(factor: number, at?: Micros): void {
    const { view, bounds, selected } = this.#state;
    const middle = (view.start + view.end) / 2;
    const anchor = at ?? (selected !== null ? this.#anchor : null) ?? middle;
    const inside = anchor >= view.start && anchor <= view.end;
    this.look(zoomAt(view, bounds, inside ? anchor : middle, factor));
  }

  zoomIn = (): void => this.zoom(ZOOM_STEP);
  zoomOut = (): void => this.zoom(1 / ZOOM_STEP);
  pan(share: number): void {
    this.look(panBy(this.#state.view, this.#state.bounds, share));
  }
  panLeft = (): void => this.pan(-PAN_STEP);
  panRight = (): void => this.pan(PAN_STEP);

  /** First to where one began, then to everything, then back. */
  fit = (): void => {
    const { view, home, bounds } = this.#state;
    const atHome = view.start === home.start && view.end === home.end;
    this.look(atHome ? bounds : home);
  };

  #anchor: Micros | null = null;

  select(mark: Pick<Mark, "id" | "at"> | null, open = this.#state.open): void {
    this.#anchor = mark?.at ?? null;
    const { view, bounds } = this.#state;
    if (mark) this.set({ selected: mark.id, open, view: reveal(view, bounds, mark.at) });
    else this.set({ selected: null, open: false });
  }

  close = (): void => {
    const { open, range, picked } = this.#state;
    if (open) this.set({ open: false });
    else if (picked.size > 0) this.set({ picked: new Set() });
    else if (range) this.set({ range: null });
    else this.select(null);
  };

  toggleKind(kind: Kind): void {
    const { hiddenKinds } = this.#state;
    const hidden = hiddenKinds.includes(kind)
      ? hiddenKinds.filter((other) => other !== kind)
      : [...hiddenKinds, kind];
    this.set({ hiddenKinds: hidden });
  }

  /** Shows this kind alone, or all again when it is alone. */
  onlyKind(kind: Kind): void {
    const others = KINDS.filter((other) => other !== kind);
    const alone = others.every((other) => this.#state.hiddenKinds.includes(other));
    this.set({ hiddenKinds: alone ? [] : others });
  }

  toggleService(service: string): void {
    const { services } = this.#state;
    const next = services.includes(service)
      ? services.filter((other) => other !== service)
      : [...services, service];
    this.set({ services: next });
  }

  clearFilters = (): void => this.set({ hiddenKinds: [], services: [], q: "" });

  toggleFold(lane: string, proposed: boolean): void {
    const folds = new Map(this.#state.folds);
    folds.set(lane, !(folds.get(lane) ?? proposed));
    this.set({ folds });
  }

  /** Marks what is in view as a range, or takes the mark away. */
  markRange = (): void => {
    const { range, view } = this.#state;
    const quarter = lengthOf(view) / 4;
    const marked = { start: Math.round(view.start + quarter), end: Math.round(view.end - quarter) };
    this.set({ range: range ? null : marked });
  };

  zoomToRange = (): void => {
    const { range } = this.#state;
    if (!range) return;
    this.set({ view: clampView(padded(range, 0.04), this.#state.bounds), range: null });
  };

  pick(id: string): void {
    const picked = new Set(this.#state.picked);
    if (!picked.delete(id)) picked.add(id);
    this.set({ picked });
  }

  address(): AddressState {
    const { view, home, grouping, hiddenKinds, services, q, zone, selected, strips, range, twin } =
      this.#state;
    const isHome = view.start === home.start && view.end === home.end;
    return {
      view: isHome ? null : view,
      grouping,
      hiddenKinds,
      services,
      q,
      zone,
      selected,
      strips,
      range,
      twin,
    };
  }
}

export function isFiltered(state: Pick<BoardState, "hiddenKinds" | "services" | "q">): boolean {
  return state.hiddenKinds.length > 0 || state.services.length > 0 || state.q !== "";
}

/** What the server is asked for. Kinds that are off are left out there only in the list; the board hides them itself. */
export function drawingFilter({
  grouping,
  services,
  q,
}: Pick<BoardState, "grouping" | "services" | "q">): DrawingFilter {
  return { grouping, kinds: [], services, q };
}
