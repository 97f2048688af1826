import { ActionIcon, Button, Menu } from "@mantine/core";
import { useCallbackRef } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteIncident, type Incident, rerunAnalysis } from "../../../api";
import { useCommands } from "../../../lib/commands";
import { Confirm, Icon, Kbd } from "../../../ui";
import { requestNewEvent } from "../../timeline";
import type { Tab } from "../useIncidentAddress";
import classes from "./IncidentHeader.module.css";
import { SaveWord } from "./SaveWord";
import { Title } from "./Title";
import type { IncidentEdit } from "./useIncidentEdit";

/** Where we are, what it is called, whether it is saved, and what can be done. */
export function TitleLine({
  incident,
  edit,
  onTab,
}: {
  incident: Incident;
  edit: IncidentEdit;
  onTab: (tab: Tab) => void;
}) {
  const { t } = useTranslation("incident");
  const { t: timeline } = useTranslation("timeline");
  const add = useCallbackRef(() => {
    onTab("timeline");
    requestNewEvent();
  });
  // Offered by the head, not by the timeline: on every tab, and before the timeline has been loaded.
  useCommands(
    () =>
      edit.mayEdit
        ? [
            {
              id: "timeline.add",
              title: timeline("commands.add"),
              group: timeline("title"),
              keys: "c",
              run: add,
            },
          ]
        : [],
    [edit.mayEdit, add, timeline],
  );
  return (
    <div className={classes.top}>
      <nav className={classes.crumb} aria-label={t("crumb")}>
        <Link to="/incidents" className={classes.up ?? ""} aria-label={t("incidents")}>
          <span className={classes.upWord}>{t("incidents")}</span>
          <span className={classes.upSign}>
            <Icon name="chevronLeft" />
          </span>
        </Link>
        <Icon name="chevronRight" size={12} />
        <span className="num">INC-{incident.number}</span>
      </nav>
      <Title incident={incident} edit={edit} />
      <span className={classes.actions}>
        <SaveWord edit={edit} />
        {edit.mayEdit && (
          <Button
            className={classes.add ?? ""}
            leftSection={<Icon name="plus" size={14} />}
            rightSection={<Kbd keys="c" />}
            onClick={add}
          >
            {t("addEvent")}
          </Button>
        )}
        {edit.mayEdit && <More incident={incident} edit={edit} />}
      </span>
    </div>
  );
}

function More({ incident, edit }: { incident: Incident; edit: IncidentEdit }) {
  const { t } = useTranslation("incident");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const isPrivate = incident.visibility === "private";
  const remove = async () => {
    await deleteIncident(incident.id);
    void queries.invalidateQueries({ queryKey: ["incidents"] });
    void navigate({ to: "/incidents" });
  };
  const rerun = () =>
    void rerunAnalysis(incident.id).then(() =>
      queries.invalidateQueries({ queryKey: ["incident", incident.id] }),
    );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={common("actions.more")}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Icon name={isPrivate ? "people" : "lock"} size={14} />}
            onClick={() => edit.change({ visibility: isPrivate ? "public" : "private" })}
          >
            {t(isPrivate ? "makePublic" : "makePrivate")}
          </Menu.Item>
          {incident.capture && (
            <Menu.Item leftSection={<Icon name="refresh" size={14} />} onClick={rerun}>
              {t("rerun")}
            </Menu.Item>
          )}
          {incident.access === "owner" && (
            <Menu.Item
              color="danger"
              leftSection={<Icon name="trash" size={14} />}
              onClick={() => setAsking(true)}
            >
              {t("delete")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t("delete")}
        body={t("deleteBody", { title: incident.title })}
        action={t("delete")}
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
