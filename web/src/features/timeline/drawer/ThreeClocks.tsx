import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../../api";
import { parseInstant, shortDuration } from "../../../lib/time";
import { useTimeline } from "../model/context";
import classes from "./EventDrawer.module.css";

/** When it happened, when a source noticed, when it came here. */
export function ThreeClocks({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation("timeline");
  const { clock } = useTimeline();
  const occurred = parseInstant(event.occurred_at);
  const observed = event.observed_at ? parseInstant(event.observed_at) : null;
  const lag = observed === null ? 0 : observed - occurred;
  const uncertainty = event.uncertainty_us ?? 0;
  return (
    <dl className={classes.clocks}>
      <div>
        <dt>{t("drawer.occurred")}</dt>
        <dd>
          <time dateTime={event.occurred_at} title={clock.full(event.occurred_at)}>
            {clock.time(event.occurred_at)}
          </time>
          {uncertainty > 0 && <span className={classes.unsure}> ±{shortDuration(uncertainty)}</span>}
          <small>
            {event.ended_at
              ? t("drawer.lasted", { length: shortDuration(parseInstant(event.ended_at) - occurred) })
              : clock.day(event.occurred_at)}
          </small>
        </dd>
      </div>
      <div>
        <dt>{t("drawer.observed")}</dt>
        <dd>
          {event.observed_at ? (
            <time dateTime={event.observed_at}>{clock.time(event.observed_at)}</time>
          ) : (
            "–"
          )}
          <small>
            {observed === null ? t("drawer.notObserved") : lag > 0 ? `+${shortDuration(lag)}` : ""}
          </small>
        </dd>
      </div>
      <div>
        <dt>{t("drawer.recorded")}</dt>
        <dd>
          <time dateTime={event.recorded_at} title={clock.full(event.recorded_at)}>
            {clock.time(event.recorded_at)}
          </time>
          <small>
            {event.author ? t("drawer.by", { name: event.author.name }) : t("drawer.bySource.capture")}
          </small>
        </dd>
      </div>
    </dl>
  );
}
