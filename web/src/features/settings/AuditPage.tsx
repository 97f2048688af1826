import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { type AuditEntry, auditQuery } from "../../api";
import { useClock } from "../../lib/time";
import { ErrorBox } from "../../ui";
import classes from "./AuditPage.module.css";
import { isKnownAction } from "./audit-actions";
import { RowsSkeleton } from "./RowsSkeleton";
import { Section, SettingsPage } from "./SettingsPage";

/** Who did what, newest first. Entries are chained by hash: none can be changed or taken out unnoticed. */
export function AuditPage() {
  const { t } = useTranslation("settings");
  const audit = useInfiniteQuery(auditQuery);
  const entries = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <SettingsPage>
      <Section title={t("audit.title")} lead={t("audit.lead")}>
        {audit.isPending && <RowsSkeleton label={t("audit.loading")} />}
        {audit.isError && (
          <ErrorBox what={t("audit.loading")} error={audit.error} onRetry={() => void audit.refetch()} />
        )}
        {entries.length > 0 && <Entries entries={entries} />}
        {audit.hasNextPage && (
          <Button mt="md" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t("audit.more")}
          </Button>
        )}
      </Section>
    </SettingsPage>
  );
}

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation("settings");
  const clock = useClock();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("audit.at", { zone: clock.zoneName })}</th>
          <th scope="col">{t("audit.who")}</th>
          <th scope="col">{t("audit.what")}</th>
          <th scope="col">{t("audit.on")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => {
          const day = clock.day(entry.at);
          const before = entries[index - 1];
          return (
            <Fragment key={entry.id}>
              {(!before || clock.day(before.at) !== day) && (
                <tr>
                  <th scope="rowgroup" colSpan={4} className={classes.day}>
                    {day}
                  </th>
                </tr>
              )}
              <Entry entry={entry} />
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("settings");
  const clock = useClock();
  const byToken = entry.via?.startsWith("tok_") ?? false;
  return (
    <tr>
      <td className="num">
        <time dateTime={entry.at}>{clock.time(entry.at)}</time>
      </td>
      <td>{byToken ? t("audit.via", { name: entry.actor.name }) : entry.actor.name}</td>
      <td title={entry.action}>
        {isKnownAction(entry.action) ? t(`audit.action.${entry.action}`) : entry.action}
      </td>
      <td className={classes.mono}>
        {entry.incident_id ? (
          <Link
            to="/incidents/$incidentId"
            params={{ incidentId: entry.incident_id }}
            className={classes.link}
          >
            {entry.noun_id}
          </Link>
        ) : (
          entry.noun_id
        )}
      </td>
    </tr>
  );
}
