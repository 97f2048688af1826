import { ActionIcon, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatQuantity } from "../../lib/quantity";
import { shortDuration } from "../../lib/time";
import { signalName } from "../../lib/words";
import { Icon, KindGlyph } from "../../ui";
import { KINDS } from "./engine/kinds";
import { statistics } from "./engine/strips";
import { useBoard, useTimeline } from "./model/context";
import { countsIn } from "./model/counts";
import type { Laid } from "./model/useStage";
import classes from "./RangeCard.module.css";

/** Length of the marked range, what happened in it, and what the curves did. */
export function RangeCard({ laid }: { laid: Laid }) {
  const { t } = useTranslation("timeline");
  const { session, clock, series } = useTimeline();
  const range = useBoard((state) => state.range);
  const hidden = useBoard((state) => state.hiddenKinds);
  if (!range) return null;
  const counts = countsIn(session.tiles, range, hidden);
  const strips = laid.layout.lanes.flatMap((lane) => lane.strips.map(({ id }) => id));
  const curves = strips.flatMap((id) => {
    const points = session.points.get(id);
    const found = series.find((each) => each.id === id);
    const said = points && statistics(points, range);
    return found && said ? [{ found, said }] : [];
  });
  return (
    <section className={classes.card} aria-label={t("range.label")}>
      <div className={classes.head}>
        <b>{shortDuration(range.end - range.start)}</b>
        <span className={classes.quiet}>
          <time>{clock.time(range.start)}</time>–<time>{clock.time(range.end)}</time>
        </span>
        <Button size="sm" ml="auto" onClick={session.board.zoomToRange}>
          {t("range.zoom")}
        </Button>
        <ActionIcon
          size={24}
          aria-label={t("range.clear")}
          onClick={() => session.board.set({ range: null })}
        >
          <Icon name="close" size={14} />
        </ActionIcon>
      </div>
      <div className={classes.counts}>
        {KINDS.map((kind, index) =>
          (counts[index] ?? 0) > 0 ? (
            <span key={kind}>
              <KindGlyph kind={kind} size={12} />
              {counts[index]}
            </span>
          ) : null,
        )}
      </div>
      {curves.length > 0 && (
        <dl className={classes.curves}>
          {curves.slice(0, 6).map(({ found, said }) => (
            <div key={found.id}>
              <dt>
                <span title={found.metric}>{signalName(found.metric)}</span>{" "}
                <span className={classes.quiet}>{found.service}</span>
              </dt>
              <dd>
                <span className={classes.quiet}>{t("range.mean")}</span>{" "}
                {formatQuantity(said.mean, found.unit)}
              </dd>
              <dd className={classes.quiet}>
                {t("range.span", {
                  least: formatQuantity(said.least, found.unit),
                  most: formatQuantity(said.most, found.unit),
                })}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
