import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeEvent, deleteEvent, eventQuery, restoreEvent } from "../../api";
import { offerUndo } from "../../ui";
import { useBoard, useTimeline } from "./model/context";
import classes from "./PickedBar.module.css";

/** What can be done with all picked events at once. */
export function PickedBar() {
  const { t } = useTranslation("timeline");
  const { session, incident, actions, mayEdit } = useTimeline();
  const queries = useQueryClient();
  const picked = useBoard((state) => state.picked);
  if (picked.size === 0) return null;
  const ids = [...picked];
  const clear = () => session.board.set({ picked: new Set() });
  const starAll = async () => {
    const events = await Promise.all(ids.map((id) => queries.ensureQueryData(eventQuery(incident.id, id))));
    await Promise.all(events.map(({ id, version }) => changeEvent(id, { starred: true, version })));
    clear();
    actions.refresh();
  };
  const removeAll = async () => {
    await Promise.all(ids.map(deleteEvent));
    clear();
    session.board.select(null);
    actions.refresh();
    offerUndo(t("undo.deletedMany", { count: ids.length }), () => {
      void Promise.all(ids.map(restoreEvent)).then(actions.refresh);
    });
  };
  return (
    <div className={classes.bar}>
      <span className={classes.count}>{t("picked.count", { count: ids.length })}</span>
      {mayEdit && <Button onClick={() => void starAll()}>{t("picked.star")}</Button>}
      {mayEdit && <Button onClick={() => void removeAll()}>{t("picked.delete")}</Button>}
      <Button variant="subtle" onClick={clear}>
        {t("picked.clear")}
      </Button>
    </div>
  );
}
