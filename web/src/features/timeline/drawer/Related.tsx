import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Correlation, TimelineEvent } from "../../../api";
import { parseInstant, shortDuration } from "../../../lib/time";
import { Icon, KindGlyph } from "../../../ui";
import { useTimeline } from "../model/context";
import { Reasons } from "./Reasons";
import classes from "./Related.module.css";

const FIRST = 5;

/** Related events, strongest first, the first one open with its reasons. */
export function Related({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation("timeline");
  const correlations = [...(event.correlations ?? [])].sort(byStrength);
  const [open, setOpen] = useState(correlations[0]?.id ?? null);
  const [all, setAll] = useState(false);
  const shown = all ? correlations : correlations.slice(0, FIRST);
  const rest = correlations.length - shown.length;
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h3>
          {t("drawer.related")} <span>{correlations.length}</span>
        </h3>
        {correlations.length > 0 && <span>{t("drawer.score")}</span>}
      </div>
      {correlations.length === 0 && <p className={classes.none}>{t("drawer.noRelated")}</p>}
      <ul>
        {shown.map((correlation) => (
          <li key={correlation.id} className={classes.item} data-open={open === correlation.id || undefined}>
            <RelatedRow
              event={event}
              correlation={correlation}
              open={open === correlation.id}
              onOpen={() => setOpen(open === correlation.id ? null : correlation.id)}
            />
            {open === correlation.id && <Reasons event={event} correlation={correlation} />}
          </li>
        ))}
      </ul>
      {correlations.length > FIRST && (
        <Button
          variant="subtle"
          size="sm"
          rightSection={<Icon name="chevronDown" size={12} />}
          onClick={() => setAll(!all)}
        >
          {all ? t("drawer.fewer") : t("drawer.more", { count: rest })}
        </Button>
      )}
    </section>
  );
}

/** What a person called unrelated sinks, but stays. */
function byStrength(one: Correlation, other: Correlation): number {
  const sunk = (correlation: Correlation) => (correlation.state === "rejected" ? 1 : 0);
  return sunk(one) - sunk(other) || other.score - one.score;
}

interface RowProps {
  event: TimelineEvent;
  correlation: Correlation;
  open: boolean;
  onOpen: () => void;
}

function RelatedRow({ event, correlation, open, onOpen }: RowProps) {
  const { t } = useTranslation("timeline");
  const { related, actions, clock } = useTimeline();
  const other = related.get(correlation.id);
  const distance = other ? parseInstant(other.occurred_at) - parseInstant(event.occurred_at) : 0;
  return (
    <div className={classes.row} data-rejected={correlation.state === "rejected" || undefined}>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={open}
        onClick={onOpen}
        aria-label={other?.title ?? t("state.loadRelated")}
      >
        <Icon name={distance <= 0 ? "from" : "to"} size={12} />
      </button>
      {other ? <KindGlyph kind={other.kind} type={other.type} /> : <span />}
      <button
        type="button"
        className={classes.name}
        onClick={() => actions.goTo(correlation.id)}
        title={other ? `${other.title}, ${clock.time(other.occurred_at)}` : undefined}
      >
        {other?.title ?? "…"}
      </button>
      <span className={classes.distance}>
        {other && (distance === 0 ? "0s" : `${distance < 0 ? "−" : "+"}${shortDuration(Math.abs(distance))}`)}
      </span>
      <span className={classes.score}>{correlation.score.toFixed(2)}</span>
    </div>
  );
}
