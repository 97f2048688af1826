import { createContext, useContext, useSyncExternalStore } from "react";
import type { Incident, Series, TimelineEvent } from "../../../api";
import type { Clock } from "../../../lib/time";
import type { BoardState } from "../engine/board";
import type { Drawing } from "../engine/drawing";
import type { Cause } from "./cause";
import type { Session } from "./session";

/** All that the parts of the timeline share. */
export interface Timeline {
  incident: Incident;
  session: Session;
  clock: Clock;
  overview: Drawing | null;
  series: readonly Series[];
  /** The selected event in full, once it is there. */
  event: TimelineEvent | null;
  /** Related events of the selected one that are already there, by id. */
  related: ReadonlyMap<string, TimelineEvent>;
  /** What people did and noted. */
  acts: readonly TimelineEvent[];
  /** The act that most likely began it, once analysis has named one. */
  cause: Cause | null;
  /** The curve that tells the incident, with its points over the whole window. */
  signal: Series | null;
  actions: TimelineActions;
  /** Whether the reader may add and change events. */
  mayEdit: boolean;
}

export interface TimelineActions {
  star: (event: TimelineEvent) => void;
  remove: (event: TimelineEvent) => void;
  decide: (event: string, other: string, state: "confirmed" | "rejected" | "proposed") => void;
  /** Selects by id; asks the server where it is when nobody here knows. */
  goTo: (id: string, open?: boolean) => void;
  stepInLane: (direction: 1 | -1) => void;
  stepAcrossLanes: (direction: 1 | -1) => void;
  stepStory: (direction: 1 | -1) => void;
  /** Opens the form: for a new event, or for this one. */
  edit: (event: TimelineEvent | null) => void;
  /** Everything shown is asked for again. */
  refresh: () => void;
}

export const TimelineContext = createContext<Timeline | null>(null);

export function useTimeline(): Timeline {
  const timeline = useContext(TimelineContext);
  if (!timeline) throw new Error("a part of the timeline was used outside of it");
  return timeline;
}

/** A part of the board's state; the component is drawn again only when this part changes. */
export function useBoard<T>(select: (state: BoardState) => T): T {
  const { board } = useTimeline().session;
  return useSyncExternalStore(board.subscribe, () => select(board.get()));
}
