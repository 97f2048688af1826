import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { endOtherSessions, endSession, type OwnSession, type Page, sessionsQuery } from "../../api";
import { commands } from "../../lib/commands";
import { useOptimistic } from "../../lib/optimistic";
import { useClock } from "../../lib/time";
import { ErrorBox, Icon } from "../../ui";
import { browserName } from "./browser-name";
import { RowsSkeleton } from "./RowsSkeleton";
import { Section } from "./SettingsPage";
import classes from "./SettingsPage.module.css";

/** Where one is signed in, and the way out of each. Nothing is asked before: signing in again undoes it. */
export function BrowsersSection() {
  const { t } = useTranslation("settings");
  const sessions = useQuery(sessionsQuery);
  const items = sessions.data?.items ?? [];
  const end = useOptimistic<Page<OwnSession>, string>({
    queryKey: sessionsQuery.queryKey,
    apply: (page, id) => ({ ...page, items: page.items.filter((session) => session.id !== id) }),
    send: endSession,
  });
  const endOthers = useOptimistic<Page<OwnSession>, void>({
    queryKey: sessionsQuery.queryKey,
    apply: (page) => ({ ...page, items: page.items.filter((session) => session.current) }),
    send: endOtherSessions,
  });
  const failed = end.error ?? endOthers.error;
  return (
    <Section
      title={t("browsers.title")}
      lead={t("browsers.lead")}
      action={
        items.some((session) => !session.current) && (
          <Button onClick={() => endOthers.mutate()}>{t("browsers.endOthers")}</Button>
        )
      }
    >
      {failed && <ErrorBox what={t("browsers.ending")} error={failed} />}
      {sessions.isPending && <RowsSkeleton label={t("browsers.loading")} />}
      {sessions.isError && (
        <ErrorBox
          what={t("browsers.loading")}
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      )}
      {items.length > 0 && (
        <ul className={classes.rows} aria-label={t("browsers.title")}>
          {items.map((session) => (
            <BrowserRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function BrowserRow({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const { t } = useTranslation(["settings", "shell"]);
  const clock = useClock();
  const at = clock.dayAndTime(session.created_at);
  // The server keeps no user agents: only this browser can say what it is.
  const known = session.current ? browserName(navigator.userAgent) : null;
  return (
    <li className={classes.row}>
      <Icon name="screen" />
      <div className={classes.who}>
        <span className={classes.name}>
          {known ? t("browsers.name", { ...known }) : t("browsers.since", { at })}
          {session.current && <span className={classes.tag}>{t("browsers.this")}</span>}
        </span>
        <span className={classes.second}>
          {known && `${t("browsers.since", { at })} · `}
          {t("browsers.until", { at: clock.dayAndTime(session.expires_at) })}
        </span>
      </div>
      <div className={classes.side}>
        {session.current ? (
          <Button onClick={() => commands.run("session.signOut")}>{t("shell:commands.signOut")}</Button>
        ) : (
          <Button variant="subtle" aria-label={t("browsers.endOf", { at })} onClick={onEnd}>
            {t("shell:commands.signOut")}
          </Button>
        )}
      </div>
    </li>
  );
}
