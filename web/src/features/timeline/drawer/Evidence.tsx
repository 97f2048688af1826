import { Button, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type TimelineEvent, tableOf } from "../../../api";
import { formatCount } from "../../../lib/quantity";
import { Icon } from "../../../ui";
import { ownAttributes } from "../engine/words";
import { RowsView } from "../evidence/RowsView";
import { useTimeline } from "../model/context";
import classes from "./Evidence.module.css";

/** First and last row, counted from 0. */
type Range = readonly [number, number];

const ends = ([first, last]: number[]): Range[] =>
  first === undefined || last === undefined ? [] : [[first, last]];

const rangeText = ([first, last]: Range, language: string) =>
  first === last
    ? formatCount(first, language)
    : `${formatCount(first, language)}–${formatCount(last, language)}`;

/** Where the event can be checked. */
export function Evidence({ event }: { event: TimelineEvent }) {
  const { t, i18n } = useTranslation("timeline");
  const { incident } = useTimeline();
  const { source, query, file, rows, further_rows, sha256 } = event.provenance;
  const ranges = [...(rows ? [rows] : []), ...(further_rows ?? [])].flatMap(ends);
  const [open, setOpen] = useState<Range | null>(null);
  const written = event.author !== null && !file;
  const table = file ? tableOf(file) : null;
  const attributes = ownAttributes(event.attributes);
  const canOpen = table !== null && incident.capture !== null;
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
              <dt>{ranges.length > 0 ? t("drawer.rows") : t("drawer.file")}</dt>
              <dd className={classes.ranges}>
                <span className={classes.mono}>{file}</span>
                {ranges.map((range) => (
                  <RangeName
                    key={range[0]}
                    text={rangeText(range, i18n.language)}
                    {...(canOpen ? { onOpen: () => setOpen(range) } : {})}
                  />
                ))}
              </dd>
            </>
          )}
        </dl>
      )}
      {canOpen && ranges[0] && (
        <Button
          size="sm"
          mt={8}
          leftSection={<Icon name="file" size={12} />}
          onClick={() => setOpen(ranges[0] ?? null)}
        >
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
          marked={open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

function RangeName({ text, onOpen }: { text: string; onOpen?: () => void }) {
  return onOpen ? (
    <UnstyledButton className={classes.range} onClick={onOpen}>
      {text}
    </UnstyledButton>
  ) : (
    <span>{text}</span>
  );
}
