import { type RefObject, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "../../../lib/preferences";
import { markOf } from "../engine/drawing";
import type { LaneShape, Layout } from "../engine/layout";
import { readPalette } from "../engine/palette";
import { Stage } from "../engine/stage";
import type { Hover, StageClasses, StageData, StageElements } from "../engine/stage-parts";
import marks from "../Marks.module.css";
import { causeWords } from "./cause";
import { type Timeline, useTimeline } from "./context";
import { backdropOf, choiceOf, stripOf } from "./strip-series";
import { cursorText, labelsOf, offsetOf, tickText } from "./texts";
import { clocksOf } from "./window";

export interface Laid {
  layout: Layout;
  lanes: readonly LaneShape[];
}

interface Hooks {
  layout: (laid: Laid) => void;
  hover: (hover: Hover | null) => void;
}

function find<T extends Element>(root: Element, part: keyof StageElements, kind: new () => T): T {
  const element = root.querySelector(`[data-part="${part}"]`);
  if (!(element instanceof kind)) throw new Error(`the board has no part named ${part}`);
  return element;
}

function partsOf(root: Element): StageElements {
  const element = (part: keyof StageElements) => find(root, part, HTMLElement);
  return {
    map: element("map"),
    mapCanvas: find(root, "mapCanvas", HTMLCanvasElement),
    mapFrame: element("mapFrame"),
    axis: element("axis"),
    phases: element("phases"),
    scroller: element("scroller"),
    plot: element("plot"),
    canvas: find(root, "canvas", HTMLCanvasElement),
    marks: element("marks"),
    range: element("range"),
  };
}

const of = (name: string): string => marks[name] ?? name;

const CLASSES: StageClasses = {
  mark: of("mark"),
  pulse: of("pulse"),
  selected: of("selected"),
  picked: of("picked"),
  faded: of("faded"),
  sub: of("sub"),
  name: of("name"),
  score: of("score"),
  cause: of("cause"),
  tick: of("tick"),
  day: of("day"),
  line: of("line"),
  time: of("time"),
  reading: of("reading"),
  dot: of("dot"),
  left: of("left"),
};

/** Ties the stage, which draws, to the page, which knows what there is to draw. */
export function useStage(root: RefObject<HTMLElement | null>, hooks: Hooks): void {
  const timeline = useTimeline();
  const { session, actions } = timeline;
  const stage = useRef<Stage | null>(null);
  const data = useStageData(timeline);
  const theme = useTheme();
  const latest = useRef({ actions, hooks });
  latest.current = { actions, hooks };

  useEffect(() => {
    if (!root.current) return undefined;
    const parts = partsOf(root.current);
    const made = new Stage(
      parts,
      session.board,
      session.tiles,
      session.points,
      {
        select: (id) => latest.current.actions.goTo(id),
        layout: (layout, lanes) => latest.current.hooks.layout({ layout, lanes }),
        hover: (hover) => latest.current.hooks.hover(hover),
      },
      CLASSES,
    );
    const onMark = (event: MouseEvent) => {
      const id =
        event.target instanceof Element
          ? event.target.closest("[data-event]")?.getAttribute("data-event")
          : null;
      if (id) latest.current.actions.goTo(id);
    };
    parts.marks.addEventListener("click", onMark);
    const stop = session.onLoaded(() => made.invalidate());
    stage.current = made;
    session.known = {
      marks: () => made.knownMarks(),
      lanes: () => made.layout().lanes.map(({ key }) => key),
    };
    return () => {
      stop();
      parts.marks.removeEventListener("click", onMark);
      made.dispose();
      stage.current = null;
    };
  }, [root, session]);

  useEffect(() => stage.current?.show(data), [data]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what changed the colours
  useEffect(() => stage.current?.restyle(), [theme]);
  useFollowSelection(timeline, stage);
}

/** Brings the lane of a newly selected event into sight. */
function useFollowSelection({ event, session }: Timeline, stage: RefObject<Stage | null>): void {
  const id = event?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another event moves the board
  useEffect(() => {
    if (event) stage.current?.revealLane(markOf(event, session.board.get().grouping).lane);
  }, [id]);
}

function useStageData({
  incident,
  overview,
  series,
  event,
  related,
  acts,
  cause,
  signal,
  clock,
  session,
}: Timeline): StageData {
  const { t } = useTranslation("timeline");
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette follows the theme
  const palette = useMemo(() => readPalette(document.documentElement), [theme]);
  const strips = useMemo(
    () => new Map(series.map((each) => [each.id, stripOf(each, series, palette)])),
    [series, palette],
  );
  const choices = useMemo(() => series.map(choiceOf), [series]);
  const { grouping } = session.board.get();
  return useMemo(
    (): StageData => ({
      overview,
      series: choices,
      strips,
      signal: signal && backdropOf(signal),
      clocks: clocksOf(incident),
      relations: event?.correlations ?? [],
      cause: cause && { id: cause.event.id, words: causeWords(t, cause) },
      acts: acts.map((each) => markOf(each, grouping)),
      extra: [...(event ? [event] : []), ...(cause ? [cause.event] : []), ...related.values()].map((each) =>
        markOf(each, grouping),
      ),
      texts: {
        offsetAt: offsetOf(clock.zone),
        tick: (at, unit, dayChange) => tickText(clock, at, unit, dayChange),
        time: (at, unit) => cursorText(clock, at, unit),
        label: labelsOf(clock),
        holes: { noData: t("strips.noData"), noRequests: t("strips.noRequests") },
      },
    }),
    [overview, choices, strips, signal, incident, event, related, acts, cause, clock, grouping, t],
  );
}
