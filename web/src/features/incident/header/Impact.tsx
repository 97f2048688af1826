import { Button, Popover, Textarea, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api";
import classes from "./IncidentHeader.module.css";
import type { IncidentEdit } from "./useIncidentEdit";

/** What users felt, in a line. */
export function Impact({ incident, edit }: { incident: Incident; edit: IncidentEdit }) {
  const { t } = useTranslation("incident");
  const [draft, setDraft] = useState<string | null>(null);
  if (!incident.impact && !edit.mayEdit) return null;
  const content = (
    <span className={classes.impact}>
      <span className={classes.impactLabel}>{t("impact")}</span>
      <span
        className={incident.impact ? classes.impactText : classes.unset}
        title={incident.impact ?? undefined}
      >
        {incident.impact ?? t("noImpact")}
      </span>
    </span>
  );
  if (!edit.mayEdit) return content;
  return (
    <Popover
      opened={draft !== null}
      onChange={() => setDraft(null)}
      position="bottom-end"
      width={340}
      trapFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.impactButton ?? ""}
          onClick={() => setDraft(incident.impact ?? "")}
        >
          {content}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Textarea
          label={t("impact")}
          description={t("impactHint")}
          value={draft ?? ""}
          onChange={({ currentTarget: { value } }) => setDraft(value)}
          autosize
          minRows={2}
          data-autofocus
        />
        <Button
          mt="xs"
          variant="filled"
          onClick={() => {
            edit.change({ impact: draft?.trim() || null });
            setDraft(null);
          }}
        >
          {t("saveImpact")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
