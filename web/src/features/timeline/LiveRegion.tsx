import { useTranslation } from "react-i18next";
import { useTimeline } from "./model/context";

/** Says the selected event to those who cannot see the board. */
export function LiveRegion() {
  const { t } = useTranslation("timeline");
  const { event, clock } = useTimeline();
  const text = event
    ? t("live.selected", {
        title: event.title,
        service: event.service ?? t("lane.none"),
        time: clock.time(event.occurred_at),
        count: event.correlations?.length ?? 0,
      })
    : "";
  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}
