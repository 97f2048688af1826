import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type TimelineEvent, tableOf } from "../../../api";
import { formatCount } from "../../../lib/quantity";
import { Icon } from "../../../ui";
import { ownAttributes } from "../engine/words";
import { RowsView } from "../evidence/RowsView";
import { useTimeline } from "../model/context";
import classes from "./Evidence.module.css";

/** Where the event can be checked. */
export function Evidence({ event }: { event: TimelineEvent }) {
  const { t, i18n } = useTranslation("timeline");
  const { incident } = useTimeline();
  const [open, setOpen] = useState(false);
  const { source, query, file, rows, sha256 } = event.provenance;
  const [first, last] = rows ?? [];
  const written = event.author !== null && !file;
  const table = file ? tableOf(file) : null;
  const attributes = ownAttributes(event.attributes);
  const range =
    first === undefined || last === undefined
      ? null
      : first === last
        ? formatCount(first, i18n.language)
        : `${formatCount(first, i18n.language)}–${formatCount(last, i18n.language)}`;
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h3>{t("drawer.evidence")}</h3>
        {sha256 && (
          <span className={classes.kept} title={sha256}>
            <Icon name="shield" size={14} />
            {t("drawer.hashKnown")}
          </span>
        )}
      </div>
      {written ? (
        <p className={classes.quiet}>{t("drawer.byHand", { name: event.author?.name ?? "" })}</p>
      ) : (
        <dl className={classes.list}>
          <dt>{t("drawer.source")}</dt>
          <dd>{source}</dd>
          {query && (
            <>
              <dt>{t("drawer.query")}</dt>
              <dd className={classes.mono} title={query}>
                {query}
              </dd>
            </>
          )}
          {file && (
            <>
              <dt>{range ? t("drawer.rows") : t("drawer.file")}</dt>
              <dd>
                <span className={classes.mono}>{file}</span> {range}
              </dd>
            </>
          )}
        </dl>
      )}
      {table && first !== undefined && incident.capture && (
        <Button size="sm" mt={8} leftSection={<Icon name="file" size={12} />} onClick={() => setOpen(true)}>
          {t("drawer.openCapture")}
        </Button>
      )}
      {attributes.length > 0 && (
        <details className={classes.more}>
          <summary>
            {t("drawer.attributes")} <span className={classes.quiet}>{attributes.length}</span>
          </summary>
          <dl className={classes.list}>
            {attributes.map(([name, value]) => (
              <div key={name} className={classes.pair}>
                <dt>{name}</dt>
                <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {open && file && table && (
        <RowsView
          incidentId={incident.id}
          file={file}
          table={table}
          marked={[first ?? 0, last ?? first ?? 0]}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}
