import { listTimeline } from "../../../api";
import { formatInstant } from "../../../lib/time";
import type { BoardState } from "../engine/board";
import { type Mark, markOf, RESPONSE_LANE } from "../engine/drawing";
import { KINDS } from "../engine/kinds";
import { acrossLanes, neighbour } from "../engine/steps";
import type { KnownMarks } from "./session";

const PAGE = 50;

type Filter = Pick<BoardState, "grouping" | "hiddenKinds" | "q">;

/** How the server is asked for one lane. Lanes that it cannot name are cut out of what it answers. */
function laneQuery(lane: string, { grouping, hiddenKinds, q }: Filter) {
  const shown = KINDS.filter((kind) => !hiddenKinds.includes(kind));
  const people = shown.filter((kind) => kind === "note" || kind === "user_action");
  const kinds = grouping === "kind" ? [lane] : lane === RESPONSE_LANE ? people : shown;
  const named = grouping === "service" && lane !== RESPONSE_LANE && lane !== "";
  return {
    ...(kinds.length < KINDS.length ? { kinds: kinds.join() } : {}),
    ...(named ? { services: lane } : {}),
    ...(q ? { q } : {}),
  };
}

/** The next event of the lane, key or not, though the board may only know it as part of a column. */
export async function stepInLane(
  incident: string,
  state: Filter,
  known: KnownMarks,
  from: Mark | null,
  direction: 1 | -1,
): Promise<Mark | null> {
  if (!from) return neighbour(known.marks(), null, direction);
  const page = await listTimeline(incident, {
    ...laneQuery(from.lane, state),
    ...(direction === 1 ? { from: formatInstant(from.at) } : { to: formatInstant(from.at + 1) }),
    order: direction === 1 ? "asc" : "desc",
    limit: PAGE,
  });
  const marks = page.items
    .map((event) => markOf(event, state.grouping))
    .filter(({ lane }) => lane === from.lane);
  const place = marks.findIndex(({ id }) => id === from.id);
  return marks[place + 1] ?? null;
}

export function stepAcrossLanes(
  known: KnownMarks,
  from: Mark | null,
  direction: 1 | -1,
): Promise<Mark | null> {
  const marks = known.marks();
  const next = from ? acrossLanes(known.lanes(), marks, from, direction) : neighbour(marks, null, 1);
  return Promise.resolve(next);
}

/** On the board through the key events of all lanes; in the list through every row. */
export function stepStory(
  known: KnownMarks,
  { hiddenKinds, twin }: Pick<BoardState, "hiddenKinds" | "twin">,
  from: Mark | null,
  direction: 1 | -1,
): Promise<Mark | null> {
  const story = known
    .marks()
    .filter((mark) => (twin === "list" || mark.key || mark.starred) && !hiddenKinds.includes(mark.kind));
  return Promise.resolve(neighbour(story, from, direction));
}
