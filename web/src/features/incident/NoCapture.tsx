import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../api";
import { EmptyState } from "../../ui";
import { requestNewEvent } from "../timeline";
import classes from "./NoCapture.module.css";

/** An incident without evidence: what belongs here, and both ways to fill it. */
export function NoCapture({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incident");
  const mayEdit = incident.access === "editor" || incident.access === "owner";
  return (
    <div className={classes.over}>
      <EmptyState icon="lanes" title={t("empty.title")} body={t("empty.body")}>
        {mayEdit && (
          <Button variant="filled" onClick={requestNewEvent}>
            {t("empty.add")}
          </Button>
        )}
        <code className={classes.command}>
          fupan capture --window START..END --from prometheus=URL -o DIR
        </code>
      </EmptyState>
    </div>
  );
}
