import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../api";
import { Icon, KindGlyph } from "../../ui";
import { CauseTag } from "./CauseTag";
import classes from "./ListTwin.module.css";
import { useBoard, useTimeline } from "./model/context";

interface Props {
  event: TimelineEvent;
  before: TimelineEvent | undefined;
  top: number;
  place: number;
  /** -1 while it is not known. */
  count: number;
  onSelect: () => void;
}

export const ListRow = memo(function ListRow({ event, before, top, place, count, onSelect }: Props) {
  const { t } = useTranslation("timeline");
  const { clock, event: open } = useTimeline();
  const selected = useBoard((state) => state.selected === event.id);
  const picked = useBoard((state) => state.picked.has(event.id));
  const newDay = !before || clock.day(before.occurred_at) !== clock.day(event.occurred_at);
  const score = open?.correlations?.find(({ id }) => id === event.id)?.score;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has one focus; J, K and Enter move and open
    <div
      id={`event-${event.id}`}
      className={classes.row}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-posinset={place}
      aria-setsize={count}
      data-key={event.key || undefined}
      data-picked={picked || undefined}
      data-severity={event.severity}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
    >
      <time className={classes.time} dateTime={event.occurred_at}>
        {newDay && <span className={classes.day}>{clock.day(event.occurred_at)} </span>}
        {clock.time(event.occurred_at)}
      </time>
      <KindGlyph kind={event.kind} type={event.type} />
      <span className={classes.service}>{event.service}</span>
      <span className={classes.title}>{event.title}</span>
      <span className={classes.end}>
        <CauseTag event={event} className={classes.cause} />
        {(event.severity === "error" || event.severity === "critical") && (
          <span className={classes.loud}>{t(`level.${event.severity}`)}</span>
        )}
        {score !== undefined && <span className={classes.score}>{score.toFixed(2)}</span>}
        {event.starred && <Icon name="star" size={14} />}
      </span>
    </div>
  );
});
