import { memo } from "react";
import { useTranslation } from "react-i18next";
import { formatCount } from "../../lib/quantity";
import { Icon, MiddleCut } from "../../ui";
import { RESPONSE_LANE } from "./engine/drawing";
import { KINDS, type Kind } from "./engine/kinds";
import { foldedLanes, proposedFolds } from "./engine/lanes";
import type { LaneBox } from "./engine/layout";
import classes from "./LaneLabels.module.css";
import { useBoard, useTimeline } from "./model/context";
import type { Laid } from "./model/useStage";
import { StripLabel } from "./StripLabel";

const isKind = (key: string): key is Kind => KINDS.some((kind) => kind === key);

/** Names of lanes and strips beside the board; a press folds a lane. */
export const LaneLabels = memo(function LaneLabels({ laid }: { laid: Laid }) {
  const folds = useBoard((state) => state.folds);
  const counts = new Map(laid.lanes.map(({ key, eventCount }) => [key, eventCount]));
  const proposed = proposedFolds(laid.lanes);
  const folded = foldedLanes(laid.lanes, folds);
  return (
    <div className={classes.labels} style={{ height: laid.layout.height }}>
      {laid.layout.lanes.map((box) => (
        <LaneLabel
          key={box.key}
          box={box}
          count={counts.get(box.key) ?? 0}
          folded={folded.has(box.key)}
          proposed={proposed.has(box.key)}
        />
      ))}
    </div>
  );
});

function LaneLabel({
  box,
  count,
  folded,
  proposed,
}: {
  box: LaneBox;
  count: number;
  folded: boolean;
  proposed: boolean;
}) {
  const { t, i18n } = useTranslation("timeline");
  const { t: common } = useTranslation();
  const { session, incident } = useTimeline();
  const name =
    box.key === RESPONSE_LANE
      ? t("lane.response")
      : box.key === ""
        ? t("lane.none")
        : isKind(box.key)
          ? common(`kind.${box.key}`)
          : box.key;
  const room = (box.strips[0]?.top ?? box.top + box.height) - box.top;
  return (
    <div
      className={classes.lane}
      style={{ top: box.top, height: box.height }}
      data-folded={folded || undefined}
    >
      <button
        type="button"
        className={classes.name}
        title={t(folded ? "lane.unfold" : "lane.fold", { lane: name })}
        aria-expanded={!folded}
        onClick={() => session.board.toggleFold(box.key, proposed)}
      >
        <Icon name={folded ? "chevronRight" : "chevronDown"} size={12} />
        <MiddleCut text={name} />
        {box.key === incident.suspect?.service && (
          <span className={classes.suspect} title={t("lane.suspect")}>
            <Icon name="bulb" size={14} />
            <span className="visually-hidden">{t("lane.suspect")}</span>
          </span>
        )}
        {folded && <span className={classes.side}>{formatCount(count, i18n.language)}</span>}
      </button>
      {!folded && room >= 40 && <span className={classes.count}>{t("lane.events", { count })}</span>}
      {box.strips.map((strip) => (
        <StripLabel key={strip.id} id={strip.id} top={strip.top - box.top} />
      ))}
    </div>
  );
}
