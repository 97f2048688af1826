import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../api";
import { PageHead } from "../../ui";
import classes from "./SettingsPage.module.css";

/** The frame of all settings: what there is to set, and the part that is open. */
export function SettingsPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation("settings");
  const isAdmin = useSession()?.person.role === "admin";
  return (
    <>
      <PageHead title={t("title")} />
      <nav className={classes.tabs} aria-label={t("title")}>
        <Link to="/settings/preferences" className={classes.tab}>
          {t("preferences.title")}
        </Link>
        <Link to="/settings/people" className={classes.tab}>
          {t("people.title")}
        </Link>
        <Link to="/settings/tokens" className={classes.tab}>
          {t("tokens.title")}
        </Link>
        {isAdmin && (
          <Link to="/settings/audit" className={classes.tab}>
            {t("audit.title")}
          </Link>
        )}
        <Link to="/settings/instance" className={classes.tab}>
          {t("instance.title")}
        </Link>
      </nav>
      <div className={classes.scroller}>
        <div className={classes.body}>{children}</div>
      </div>
    </>
  );
}

/** A part of a page with its heading, a sentence, and what can be done with the whole of it. */
export function Section({
  title,
  lead,
  action,
  children,
}: {
  title: string;
  lead?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.section}>
      <header className={classes.heading}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
