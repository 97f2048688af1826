import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { shortDuration } from "../../lib/time";
import classes from "./BoardView.module.css";
import { CauseWay } from "./CauseWay";
import type { Hover } from "./engine/stage-parts";
import { HoverCard } from "./HoverCard";
import { LaneLabels } from "./LaneLabels";
import { useBoard, useTimeline } from "./model/context";
import { dayNumber, isoOfDay, offsetOf } from "./model/texts";
import { type Laid, useStage } from "./model/useStage";
import { PhaseBars } from "./PhaseBars";
import { RangeCard } from "./RangeCard";

const NOTHING_LAID: Laid = { layout: { lanes: [], height: 0 }, lanes: [] };

/** The board: minimap, axis, phases and lanes on one axis of time. */
export function BoardView() {
  const { t } = useTranslation("timeline");
  const { clock, incident } = useTimeline();
  const bounds = useBoard((state) => state.bounds);
  const offsetAt = useMemo(() => offsetOf(clock.zone), [clock.zone]);
  // A number, so that a moving view costs no formatting: it is a text again only when the day changes.
  const day = useBoard(({ view }) => dayNumber(view.start, offsetAt));
  const [laid, setLaid] = useState(NOTHING_LAID);
  const [hover, setHover] = useState<Hover | null>(null);
  const root = useRef<HTMLElement>(null);
  useStage(root, { layout: setLaid, hover: setHover });

  return (
    <section className={classes.board} ref={root} aria-label={t("board")} aria-description={t("boardHelp")}>
      <div className={classes.gutter} data-row="map">
        <span>{incident.capture ? t("capture") : t("window")}</span>
        <span className={classes.second}>{shortDuration(bounds.end - bounds.start)}</span>
      </div>
      <div className={classes.map} data-part="map" title={t("minimap")}>
        <canvas data-part="mapCanvas" />
        <div className={classes.frame} data-part="mapFrame" />
        <span className={classes.mapStart}>{clock.minute(bounds.start)}</span>
        <span className={classes.mapEnd}>{clock.minute(bounds.end)}</span>
      </div>
      <div className={classes.gutter} data-row="axis">
        <time>{isoOfDay(day)}</time>
      </div>
      <div className={classes.axis} data-part="axis" />
      <div className={classes.gutter} data-row="phases">
        {t("phases")}
      </div>
      <PhaseBars />
      <div className={classes.scroller} data-part="scroller" tabIndex={-1}>
        <LaneLabels laid={laid} />
        <div className={classes.plot} data-part="plot">
          <canvas className={classes.canvas} data-part="canvas" />
          <div className={classes.range} data-part="range" hidden />
          <div className={classes.marks} data-part="marks" />
        </div>
      </div>
      <CauseWay laid={laid} board={root} />
      <RangeCard laid={laid} />
      {hover && <HoverCard hover={hover} />}
    </section>
  );
}
