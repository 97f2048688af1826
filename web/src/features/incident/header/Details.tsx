import { Button, Popover } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api";
import { Icon } from "../../../ui";
import { Impact } from "./Impact";
import classes from "./IncidentHeader.module.css";
import { Roles } from "./Roles";
import type { IncidentEdit } from "./useIncidentEdit";

/** Where the line is too short for them, roles and impact fold into a popover. */
export function Details({ incident, edit }: { incident: Incident; edit: IncidentEdit }) {
  const { t } = useTranslation("incident");
  return (
    <Popover position="bottom-end" width={300}>
      <Popover.Target>
        <Button
          className={classes.details ?? ""}
          variant="subtle"
          leftSection={<Icon name="people" size={14} />}
        >
          <span className={classes.detailsWords}>{t("details")}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.folded}>
          <Roles incident={incident} mayEdit={edit.mayEdit} />
          <Impact incident={incident} edit={edit} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
