import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../../api";
import { Avatar, Icon, Kbd, Logo, OnDemand } from "../../ui";
import { LiveWord } from "./LiveWord";
import { show } from "./overlay";
import classes from "./Side.module.css";

/** Navigation with words, 212 px. */
export function Side() {
  const { t } = useTranslation("shell");
  const session = useSession();
  return (
    <nav className={classes.side} aria-label={t("navigation")}>
      <Link to="/incidents" className={classes.brand}>
        <Logo />
        <span>
          Fupan <small lang="zh-CN">复盘</small>
        </span>
      </Link>
      <UnstyledButton className={classes.find} onClick={() => show("palette")}>
        <Icon name="search" size={14} />
        <span>{t("search")}</span>
        <Kbd keys="mod+k" />
      </UnstyledButton>
      <Link to="/incidents" className={classes.item}>
        <Icon name="incident" />
        {t("incidents")}
      </Link>
      <span className={classes.rest} />
      <Link to="/settings" className={classes.item}>
        <Icon name="settings" />
        {t("settings")}
      </Link>
      {session && (
        <OnDemand
          load={() => import("./AccountMenu")}
          target={
            <UnstyledButton className={classes.item}>
              <Avatar id={session.person.id} name={session.person.name} size={18} named={false} />
              <span className={classes.name}>{session.person.name}</span>
              <LiveWord />
            </UnstyledButton>
          }
        />
      )}
    </nav>
  );
}
