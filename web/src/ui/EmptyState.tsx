import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";
import { Icon, type IconName } from "./Icon";

/** An empty place that teaches what belongs here and offers the way to it. */
export function EmptyState({
  icon,
  title,
  body,
  children,
}: {
  icon: IconName;
  title: string;
  body: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon name={icon} size={20} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.body}>{body}</p>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  );
}
