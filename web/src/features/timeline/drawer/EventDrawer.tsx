import { useTranslation } from "react-i18next";
import { Bone, Delayed, ErrorBox } from "../../../ui";
import { useBoard, useTimeline } from "../model/context";
import { DrawerHead } from "./DrawerHead";
import classes from "./EventDrawer.module.css";
import { Evidence } from "./Evidence";
import { History } from "./History";
import { Related } from "./Related";
import { ThreeClocks } from "./ThreeClocks";
import { useWidth } from "./useWidth";

declare module "react" {
  interface CSSProperties {
    "--drawer"?: string;
  }
}

/** The selected event: when, what is related and why, and where it can be checked. Beside the board, not over it. */
export function EventDrawer({ error }: { error: unknown }) {
  const { t } = useTranslation("timeline");
  const { event, actions } = useTimeline();
  const selected = useBoard((state) => state.selected);
  const { width, handle } = useWidth();
  return (
    <aside className={classes.drawer} style={{ "--drawer": `${width}px` }} aria-label={t("drawer.label")}>
      <div className={classes.handle} {...handle} />
      {event && event.id === selected ? (
        <>
          <DrawerHead event={event} />
          <div className={classes.body}>
            <ThreeClocks event={event} />
            {event.detail && <p className={classes.detail}>{event.detail}</p>}
            <Related key={event.id} event={event} />
            <Evidence event={event} />
            <History event={event} />
          </div>
        </>
      ) : error ? (
        <ErrorBox what={t("state.loadEvent")} error={error} onRetry={actions.refresh} />
      ) : (
        <Delayed label={t("state.loadEvent")}>
          <div className={classes.waiting}>
            <Bone width="60%" />
            <Bone width="90%" height={18} />
            <Bone width="100%" height={120} />
          </div>
        </Delayed>
      )}
    </aside>
  );
}
