import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type EventVersion, getEventHistory, type TimelineEvent } from "../../../api";
import { ErrorBox } from "../../../ui";
import { useTimeline } from "../model/context";
import classes from "./History.module.css";

/** Who changed what, and when; asked for when it is opened. */
export function History({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation("timeline");
  const { incident, clock } = useTimeline();
  const [open, setOpen] = useState(false);
  const history = useQuery({
    queryKey: ["incident", incident.id, "history", event.id, event.version],
    queryFn: () => getEventHistory(event.id),
    enabled: open,
  });
  return (
    <details className={classes.history} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("drawer.history")}</summary>
      {history.isError && (
        <ErrorBox what={t("drawer.history")} error={history.error} onRetry={() => void history.refetch()} />
      )}
      <ol>
        {history.data?.items.map((entry) => (
          <li key={entry.version}>
            <span className={classes.when}>
              <time dateTime={entry.at}>{clock.dayAndTime(entry.at)}</time>
            </span>
            <span>
              {t(`change.${entry.change}`)}
              {entry.by ? ` · ${entry.by.name}` : ""}
              <Changes entry={entry} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value);

function Changes({ entry }: { entry: EventVersion }) {
  if (entry.change !== "updated" || !entry.after) return null;
  const before = new Map(Object.entries(entry.before ?? {}));
  const fields = Object.entries(entry.after).filter(
    ([name, value]) => name !== "version" && shown(before.get(name)) !== shown(value),
  );
  return fields.map(([name, value]) => (
    <span key={name} className={classes.change}>
      <span className={classes.field}>{name}</span> <del>{shown(before.get(name))}</del>{" "}
      <ins>{shown(value)}</ins>
    </span>
  ));
}
