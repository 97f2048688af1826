import type { ReactNode } from "react";
import classes from "./PageHead.module.css";

/** The first line of a page: its title, a word beside it, and what can be done here. */
export function PageHead({
  title,
  beside,
  children,
}: {
  title: string;
  beside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={classes.head}>
      <title>{`${title} · Fupan`}</title>
      <h1 className={classes.title}>{title}</h1>
      {beside && <span className={classes.beside}>{beside}</span>}
      {children && <div className={classes.actions}>{children}</div>}
    </header>
  );
}
