import type { ReactNode } from "react";
import type { TimelineEvent } from "../../api";
import { KindGlyph } from "../../ui";
import classes from "./EventLine.module.css";
import { useInsight } from "./model/context";

interface Props {
  event: TimelineEvent;
  /** Stands before the time. */
  children?: ReactNode;
}

/** An event that a finding rests on; a press goes there. */
export function EventLine({ event, children }: Props) {
  const { clock, onShow } = useInsight();
  const { id, kind, type, title, service, occurred_at } = event;
  return (
    <div className={classes.line}>
      <KindGlyph kind={kind} type={type} />
      <button
        type="button"
        className={classes.title}
        title={title}
        onClick={() => onShow({ selected: id, view: null, twin: "board" })}
      >
        {title}
        {service && <span className={classes.service}>{service}</span>}
      </button>
      {children}
      <time dateTime={occurred_at}>{clock.time(occurred_at)}</time>
    </div>
  );
}
