import { Tooltip, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLiveState, useSession } from "../../api";
import { Avatar, Icon, Logo } from "../../ui";
import { AccountMenu } from "./AccountMenu";
import { show } from "./overlay";
import classes from "./Rail.module.css";

/** Navigation without words, 52 px, where the page needs the width. */
export function Rail() {
  const { t } = useTranslation(["shell", "common"]);
  const session = useSession();
  const live = useLiveState();
  return (
    <nav className={classes.rail} aria-label={t("navigation")}>
      <Link to="/incidents" className={classes.logo} aria-label={t("common:product")}>
        <Logo />
      </Link>
      <Tooltip label={t("search")} position="right">
        <UnstyledButton className={classes.item} aria-label={t("search")} onClick={() => show("palette")}>
          <Icon name="search" />
        </UnstyledButton>
      </Tooltip>
      <Tooltip label={t("incidents")} position="right">
        <Link to="/incidents" className={classes.item} aria-label={t("incidents")}>
          <Icon name="incident" />
        </Link>
      </Tooltip>
      <span className={classes.rest} />
      <Tooltip label={t("settings")} position="right">
        <Link to="/settings" className={classes.item} aria-label={t("settings")}>
          <Icon name="settings" />
        </Link>
      </Tooltip>
      {session && (
        <AccountMenu>
          <UnstyledButton
            className={classes.item}
            aria-label={t("account", { name: session.person.name, live: t(`live.${live}`) })}
          >
            <Avatar id={session.person.id} name={session.person.name} size={26} named={false} />
            <span className={classes.dot} data-live={live} />
          </UnstyledButton>
        </AccountMenu>
      )}
    </nav>
  );
}
