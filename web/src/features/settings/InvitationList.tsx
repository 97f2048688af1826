import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Invitation, invitationsQuery, type Page, withdrawInvitation } from "../../api";
import { useOptimistic } from "../../lib/optimistic";
import { useClock } from "../../lib/time";
import { ErrorBox } from "../../ui";
import { Section } from "./SettingsPage";
import classes from "./SettingsPage.module.css";

/** Who was invited and has not come yet. */
export function InvitationList() {
  const { t } = useTranslation("settings");
  const clock = useClock();
  const invitations = useQuery(invitationsQuery);
  const withdraw = useOptimistic<Page<Invitation>, string>({
    queryKey: invitationsQuery.queryKey,
    apply: (page, id) => ({ ...page, items: page.items.filter((invitation) => invitation.id !== id) }),
    send: withdrawInvitation,
  });
  if (invitations.isError) {
    return (
      <ErrorBox
        what={t("invitations.loading")}
        error={invitations.error}
        onRetry={() => void invitations.refetch()}
      />
    );
  }
  if (!invitations.data?.items.length) return null;
  return (
    <Section title={t("invitations.title")} lead={t("invitations.lead")}>
      {withdraw.isError && <ErrorBox what={t("invitations.withdraw")} error={withdraw.error} />}
      <ul className={classes.rows}>
        {invitations.data.items.map((invitation) => (
          <li key={invitation.id} className={classes.row}>
            <div className={classes.who}>
              <span className={classes.name}>{invitation.name ?? invitation.email}</span>
              <span className={classes.second}>
                {[
                  invitation.name && invitation.email,
                  invitation.expires_at &&
                    t("invitations.until", { at: clock.dayAndTime(invitation.expires_at) }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </div>
            <div className={classes.side}>
              <span className={classes.word}>{t(`role.${invitation.role}`)}</span>
              <Button
                variant="subtle"
                aria-label={t("invitations.withdrawOf", { name: invitation.email })}
                onClick={() => withdraw.mutate(invitation.id)}
              >
                {t("invitations.withdraw")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
