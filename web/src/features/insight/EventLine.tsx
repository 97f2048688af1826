import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { eventQuery } from "../../api";
import { KindGlyph } from "../../ui";
import { inReadersLanguage } from "../timeline";
import classes from "./EventLine.module.css";
import { useInsight } from "./model/context";

/** An event that a finding rests on; a press goes there. */
export function EventLine({ id }: { id: string }) {
  const { t } = useTranslation("timeline");
  const { incident, clock, onShow } = useInsight();
  const event = useQuery(eventQuery(incident.id, id));
  if (!event.data) {
    return (
      <li className={classes.line}>
        {event.isError ? null : <span className={classes.wait}>{t("state.loadRelated")}</span>}
      </li>
    );
  }
  const { kind, title, service, occurred_at } = inReadersLanguage(event.data);
  return (
    <li className={classes.line}>
      <KindGlyph kind={kind} />
      <button
        type="button"
        className={classes.title}
        title={title}
        onClick={() => onShow({ selected: id, view: null, twin: "board" })}
      >
        {title}
        {service && <span className={classes.service}>{service}</span>}
      </button>
      <time dateTime={occurred_at}>{clock.time(occurred_at)}</time>
    </li>
  );
}
