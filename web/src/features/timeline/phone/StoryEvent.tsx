import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../../api";
import { parseInstant, shortDuration } from "../../../lib/time";
import { Icon, KindGlyph } from "../../../ui";
import { CauseTag } from "../CauseTag";
import { drawnRelations } from "../engine/arcs";
import { useBoard, useTimeline } from "../model/context";
import classes from "./PhoneStory.module.css";

/** One event of the story; chosen, it offers its strongest relation and its details. */
export function StoryEvent({
  event,
  quiet = false,
  day,
}: {
  event: TimelineEvent;
  quiet?: boolean;
  /** Where a new day begins in the story. */
  day?: string | undefined;
}) {
  const { t } = useTranslation("timeline");
  const { clock, session } = useTimeline();
  const selected = useBoard((state) => state.selected === event.id);
  const lasted = event.ended_at ? parseInstant(event.ended_at) - parseInstant(event.occurred_at) : 0;
  const below = [
    event.service ?? event.author?.name,
    event.key_reason,
    lasted > 0 ? t("drawer.lasted", { length: shortDuration(lasted) }) : null,
  ];
  const choose = () => session.board.select({ id: event.id, at: parseInstant(event.occurred_at) }, selected);
  return (
    <li className={classes.event} data-selected={selected || undefined} data-quiet={quiet || undefined}>
      <time dateTime={event.occurred_at}>
        {day && <b>{day}</b>}
        {clock.time(event.occurred_at)}
      </time>
      <span className={classes.line} data-kind={event.kind} data-key={event.key || undefined}>
        <KindGlyph kind={event.kind} type={event.type} size={15} />
      </span>
      <div className={classes.body}>
        <button type="button" className={classes.title} aria-pressed={selected} onClick={choose}>
          {event.title}
        </button>
        <CauseTag event={event} className={classes.cause} />
        <p>{below.filter(Boolean).join(t("story.between"))}</p>
        {selected && <Ways event={event} />}
      </div>
    </li>
  );
}

function Ways({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation("timeline");
  const { related, actions, session, clock } = useTimeline();
  const relations = drawnRelations(event.correlations ?? []);
  const strongest = relations[0];
  const other = strongest && related.get(strongest.id);
  const before = other && other.occurred_at < event.occurred_at;
  return (
    <span className={classes.ways}>
      {strongest && other && (
        <button
          type="button"
          className={classes.way}
          onClick={() => actions.goTo(strongest.id, false)}
          title={clock.time(other.occurred_at)}
        >
          <Icon name={before ? "from" : "to"} size={12} />
          <span className={classes.other}>{other.title}</span>
          <b>{strongest.score.toFixed(2)}</b>
          {relations.length > 1 && (
            <span className={classes.rest}>{t("story.and", { count: relations.length - 1 })}</span>
          )}
        </button>
      )}
      <button type="button" className={classes.way} onClick={() => session.board.set({ open: true })}>
        {t("story.details")}
      </button>
    </span>
  );
}
