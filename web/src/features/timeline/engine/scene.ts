import { type Arc, arcTo, drawnRelations, type Relation } from "./arcs";
import type { BoardState } from "./board";
import { type Emphasis, isCall, MUST_SHOW, priorityOf, pulsing } from "./choose";
import { type Mark, RESPONSE_LANE } from "./drawing";
import { groupBy } from "./group-by";
import { type Kind, kindIndex } from "./kinds";
import { type LaneBox, type Layout, NAMED_ACTS } from "./layout";
import type { ShownMark } from "./mark-layer";
import { MARK_PX, nameAlone, type Placed, pack, ROW_PX, rowsNeeded } from "./packing";
import { lengthOf, type Span, xOf } from "./view";

/** What most likely began it, and how that is said beside its name. */
export interface Cause {
  id: string;
  words: string;
}

/** What the scene is made of, apart from the view. */
export interface SceneInput {
  state: BoardState;
  layout: Layout;
  marks: readonly Mark[];
  relations: readonly Relation[];
  cause: Cause | null;
  nameWidth: (text: string) => number;
  label: (mark: Mark) => string;
}

export interface Scene {
  shown: ShownMark[];
  arcs: Arc[];
  lasting: { start: number; end: number; y: number; kind: number }[];
}

const LONGEST_NAME_PX = 280;
/** Of the selected event, and of any where the row has room. */
const GROWN_NAME_PX = 460;
/** In a lane with more than this in sight, what machines say and is not key stays in the density row. */
const FEW_IN_SIGHT = 10;
const SCORE_PX = 32;
/** Edges of the words that say what began it. */
const CAUSE_EDGE_PX = 14;
/** Between the glow of a key event and its name. */
const GLOW_PX = 4;
const MOST_ROWS = 3;
const BUSY_LANE = 12;

const rowY = (lane: LaneBox, row: number): number =>
  lane.folded ? lane.top + lane.height / 2 : lane.namesTop + row * ROW_PX + ROW_PX / 2;

function emphasisOf({ state, relations, cause }: SceneInput): Emphasis {
  const drawn = state.selected === null ? [] : drawnRelations(relations);
  return {
    selected: state.selected,
    related: new Map(drawn.map(({ id, score }) => [id, score])),
    picked: state.picked,
    cause: cause?.id ?? null,
  };
}

const shownKind = (state: BoardState, kind: Kind) => !state.hiddenKinds.includes(kind);

/** Places every mark of the frame, and says which names they carry and what links them. */
export function makeScene(input: SceneInput, width: number): Scene {
  const { state, layout, relations } = input;
  const emphasis = emphasisOf(input);
  const visible = input.marks.filter((mark) => shownKind(state, mark.kind) || mark.id === state.selected);
  const byLane = groupBy(visible, (mark) => mark.lane);
  const placed = new Map<string, { lane: LaneBox; placed: Placed }>();
  for (const lane of layout.lanes) {
    for (const each of packLane(input, lane, byLane.get(lane.key) ?? [], emphasis, width)) {
      placed.set(each.mark.id, { lane, placed: each });
    }
  }
  const inView = [...placed.values()].filter(({ placed: { mark } }) => {
    const x = xOf(state.view, width, mark.at);
    return x > -MARK_PX && x < width + MARK_PX;
  });
  const marksInView = inView.map(({ placed: { mark } }) => mark).filter(({ at }) => within(state.view, at));
  const pulses = pulsing(marksInView, emphasis);
  const linked = emphasis.selected !== null && emphasis.related.size > 0;
  const shown = inView.map(({ lane, placed: { mark, row, nameWidth } }): ShownMark => {
    const score = emphasis.related.get(mark.id) ?? null;
    const selected = mark.id === emphasis.selected;
    const x = xOf(state.view, width, mark.at);
    return {
      mark,
      x,
      y: rowY(lane, row),
      nameWidth: lane.folded
        ? 0
        : nameAlone(
            Math.min(nameWidth, width - x - MARK_PX),
            besideName(mark, emphasis, input),
            input.nameWidth(mark.title),
          ),
      selected,
      picked: emphasis.picked.has(mark.id),
      pulse: pulses.has(mark.id),
      faded: linked && !selected && score === null,
      score,
      cause: mark.id === input.cause?.id ? input.cause.words : "",
      label: input.label(mark),
    };
  });
  return { shown, arcs: arcsOf(state, placed, relations, width), lasting: lastingOf(shown) };
}

/** Pixels beside a name that belong to it. */
function besideName(mark: Mark, { related }: Emphasis, { cause, nameWidth }: SceneInput): number {
  const glow = mark.key ? GLOW_PX : 0;
  const score = related.has(mark.id) ? SCORE_PX : 0;
  return glow + score + (mark.id === cause?.id ? nameWidth(cause.words) + CAUSE_EDGE_PX : 0);
}

const within = (span: Span, at: number) => at >= span.start && at <= span.end;

/** What stands as a mark of its own: what has to, and of the rest what people do or what is rare. */
function worthNaming(
  state: BoardState,
  lane: LaneBox,
  marks: readonly Mark[],
  emphasis: Emphasis,
): readonly Mark[] {
  const must = (mark: Mark) => priorityOf(mark, emphasis) >= MUST_SHOW;
  if (lane.folded) return marks.filter((mark) => must(mark) || isCall(mark));
  const length = lengthOf(state.view);
  const around = { start: state.view.start - length, end: state.view.end + length };
  const isFew = marks.filter(({ at }) => within(around, at)).length <= FEW_IN_SIGHT * 3;
  const byMachine = ({ kind }: Mark) => kind === "metric" || kind === "log" || kind === "trace";
  return isFew ? marks : marks.filter((mark) => must(mark) || !byMachine(mark));
}

function packLane(
  input: SceneInput,
  lane: LaneBox,
  marks: readonly Mark[],
  emphasis: Emphasis,
  width: number,
): Placed[] {
  const { state } = input;
  const upTo = (mark: Mark, longest: number) =>
    Math.min(input.nameWidth(mark.title), longest) + besideName(mark, emphasis, input);
  return pack(worthNaming(state, lane, marks, emphasis), {
    rows: lane.rows,
    pxPerMicro: width / lengthOf(state.view),
    nameWidth: (mark) => upTo(mark, mark.id === emphasis.selected ? GROWN_NAME_PX : LONGEST_NAME_PX),
    mostWidth: (mark) => upTo(mark, GROWN_NAME_PX),
    priority: (mark) => priorityOf(mark, emphasis),
    mustShow: lane.key === RESPONSE_LANE && marks.length <= NAMED_ACTS ? 0 : MUST_SHOW,
    mayStandBare: isCall,
  });
}

function arcsOf(
  state: BoardState,
  placed: ReadonlyMap<string, { lane: LaneBox; placed: Placed }>,
  relations: readonly Relation[],
  width: number,
): Arc[] {
  const from = state.selected === null ? undefined : placed.get(state.selected);
  if (!from) return [];
  const at = ({ lane, placed: { mark, row } }: { lane: LaneBox; placed: Placed }) => ({
    x: xOf(state.view, width, mark.at),
    y: rowY(lane, row),
  });
  return drawnRelations(relations).flatMap(({ id, score }) => {
    const to = placed.get(id);
    return to ? [arcTo(at(from), at(to), score)] : [];
  });
}

/** How long the selected event lasted. For all of them the bars would hide each other's names. */
function lastingOf(shown: readonly ShownMark[]): Scene["lasting"] {
  return shown.flatMap(({ mark, y, selected }) =>
    selected && mark.end !== null && mark.end > mark.at
      ? [{ start: mark.at, end: mark.end, y, kind: kindIndex(mark.kind) }]
      : [],
  );
}

/** Rows of names that a lane gets: what its key events need at the first look, so that zooming moves no lane. */
export function rowsOfLane(
  lane: string,
  marks: readonly Mark[],
  home: Span,
  width: number,
  nameWidth: (text: string) => number,
): number {
  const all = lane === RESPONSE_LANE;
  const named = marks.filter(
    (mark) => mark.lane === lane && (all || mark.key || mark.starred || isCall(mark)),
  );
  const near = named.filter((mark) => within(home, mark.at));
  const needed = rowsNeeded(near, MOST_ROWS, {
    pxPerMicro: width / lengthOf(home),
    nameWidth: (mark) => Math.min(nameWidth(mark.title), LONGEST_NAME_PX),
    priority: (mark) => mark.severity,
    mustShow: 0,
  });
  // A busy lane keeps a row for what relations of a selected event bring into sight.
  const least = marks.filter((mark) => mark.lane === lane).length > BUSY_LANE ? 2 : 1;
  return named.length > 0 ? Math.max(needed, least) : 0;
}
