import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Token, useSession } from "../../api";
import { nowInstant, parseInstant, useClock } from "../../lib/time";
import { Icon } from "../../ui";
import classes from "./SettingsPage.module.css";

export function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useTranslation("settings");
  const clock = useClock();
  const expired = token.expires_at !== null && parseInstant(token.expires_at) < nowInstant();
  const self = useSession()?.person.id;
  const facts = [
    token.created_by.id === self ? undefined : t("tokens.of", { name: token.created_by.name }),
    token.incident_ids?.length ? t("tokens.incidents", { count: token.incident_ids.length }) : undefined,
    token.expires_at && !expired ? t("tokens.until", { at: clock.dayAndTime(token.expires_at) }) : undefined,
    token.expires_at ? undefined : t("tokens.forever"),
    token.last_used_at ? t("tokens.used", { at: clock.dayAndTime(token.last_used_at) }) : t("tokens.unused"),
  ];
  return (
    <li className={classes.row}>
      <Icon name="key" />
      <div className={classes.who}>
        <span className={classes.name}>
          {token.name}
          {expired && <span className={classes.tag}>{t("tokens.expired")}</span>}
        </span>
        <span className={classes.second}>{facts.filter(Boolean).join(" · ")}</span>
      </div>
      <div className={classes.side}>
        <span className={classes.word}>{t(`role.${token.role}`)}</span>
        <Button
          variant="subtle"
          color="danger"
          aria-label={t("tokens.revokeOf", { name: token.name })}
          onClick={onRevoke}
        >
          {t("tokens.revoke")}
        </Button>
      </div>
    </li>
  );
}
