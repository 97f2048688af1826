import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLiveState } from "../../api";
import { Icon } from "../../ui";
import classes from "./BottomBar.module.css";
import { LiveWord } from "./LiveWord";
import { show } from "./overlay";

/** Navigation of the phone, in reach of a thumb. */
export function BottomBar() {
  const { t } = useTranslation("shell");
  const live = useLiveState();
  return (
    <>
      {live === "offline" && (
        <p className={classes.offline} role="status">
          <LiveWord />
        </p>
      )}
      <nav className={classes.bar} aria-label={t("navigation")}>
        <Link to="/incidents" className={classes.item}>
          <Icon name="incident" size={20} />
          {t("incidents")}
        </Link>
        <UnstyledButton className={classes.item} onClick={() => show("palette")}>
          <Icon name="search" size={20} />
          {t("search")}
        </UnstyledButton>
        <Link to="/settings" className={classes.item}>
          <Icon name="settings" size={20} />
          {t("settings")}
        </Link>
      </nav>
    </>
  );
}
