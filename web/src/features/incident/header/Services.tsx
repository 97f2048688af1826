import { Button, Popover, TagsInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api";
import { MiddleCut, usePhone } from "../../../ui";
import classes from "./IncidentHeader.module.css";
import type { IncidentEdit } from "./useIncidentEdit";

const SHOWN = 4;
/** On a phone one stands for all, in the line of severity and status. */
const SHOWN_ON_PHONE = 1;

/** The services that were hit; a press edits them. */
export function Services({ incident, edit }: { incident: Incident; edit: IncidentEdit }) {
  const { t } = useTranslation("incident");
  const [draft, setDraft] = useState<string[] | null>(null);
  const { services } = incident;
  const phone = usePhone();
  const shown = phone ? SHOWN_ON_PHONE : SHOWN;
  const rest = services.length - shown;
  const chips = (
    <span className={classes.chips}>
      {services.slice(0, shown).map((name) => (
        <span key={name} className={classes.chip} title={name}>
          <MiddleCut text={name} />
        </span>
      ))}
      {rest > 0 && (
        <span className={classes.more} title={services.slice(shown).join(", ")}>
          +{rest}
        </span>
      )}
      {services.length === 0 && <span className={classes.unset}>{t("noServices")}</span>}
    </span>
  );
  if (!edit.mayEdit) return chips;
  return (
    <Popover
      opened={draft !== null}
      onChange={() => setDraft(null)}
      position="bottom-start"
      width={320}
      trapFocus
    >
      <Popover.Target>
        <UnstyledButton className={classes.choice ?? ""} onClick={() => setDraft(services)}>
          <span className="visually-hidden">{t("editServices")}: </span>
          {chips}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <TagsInput label={t("services")} value={draft ?? []} onChange={setDraft} data-autofocus />
        <Button
          mt="xs"
          variant="filled"
          onClick={() => {
            edit.change({ services: draft ?? services });
            setDraft(null);
          }}
        >
          {t("saveServices")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
