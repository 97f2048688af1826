import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui";
import { useBoard, useTimeline } from "./model/context";
import classes from "./NothingMatches.module.css";

/** A filter with no result names what can be dropped. */
export function NothingMatches() {
  const { t } = useTranslation("timeline");
  const { session, incident } = useTimeline();
  const { board } = session;
  const q = useBoard((state) => state.q);
  const services = useBoard((state) => state.services);
  const hidden = useBoard((state) => state.hiddenKinds);
  return (
    <div className={classes.over}>
      <EmptyState
        icon="filter"
        title={t("filter.empty")}
        body={t("filter.emptyBody", { total: incident.counts.events })}
      >
        {q !== "" && (
          <Button onClick={() => board.set({ q: "" })}>{t("filter.drop", { filter: `“${q}”` })}</Button>
        )}
        {services.map((name) => (
          <Button key={name} onClick={() => board.toggleService(name)}>
            {t("filter.drop", { filter: name })}
          </Button>
        ))}
        {hidden.length > 0 && (
          <Button onClick={() => board.set({ hiddenKinds: [] })}>
            {t("filter.drop", { filter: t("filter.kinds") })}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
