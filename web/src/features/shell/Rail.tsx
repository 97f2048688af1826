import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLiveState, useSession } from "../../api";
import { Avatar, Icon, Logo, OnDemand } from "../../ui";
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
      <UnstyledButton className={classes.item} aria-label={t("search")} onClick={() => show("palette")}>
        <Icon name="search" />
      </UnstyledButton>
      <Link to="/incidents" className={classes.item} aria-label={t("incidents")}>
        <Icon name="incident" />
      </Link>
      <span className={classes.rest} />
      <Link to="/settings" className={classes.item} aria-label={t("settings")}>
        <Icon name="settings" />
      </Link>
      {session && (
        <OnDemand
          load={() => import("./AccountMenu")}
          target={
            <UnstyledButton
              className={classes.item}
              aria-label={t("account", { name: session.person.name, live: t(`live.${live}`) })}
            >
              <Avatar id={session.person.id} name={session.person.name} size={26} named={false} />
              <span className={classes.dot} data-live={live} />
            </UnstyledButton>
          }
        />
      )}
    </nav>
  );
}
