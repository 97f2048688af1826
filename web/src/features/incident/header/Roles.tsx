import { Menu, UnstyledButton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  type Incident,
  type IncidentRole,
  peopleQuery,
  removeIncidentRole,
  setIncidentRole,
} from "../../../api";
import { Avatar, Icon } from "../../../ui";
import classes from "./Roles.module.css";

const ROLES: readonly IncidentRole[] = ["commander", "operations", "communications", "scribe"];

/** Who does what; a press gives the role to someone. */
export function Roles({ incident, mayEdit }: { incident: Incident; mayEdit: boolean }) {
  const { t } = useTranslation("incident");
  const taken = ROLES.filter((role) => incident.roles.some((each) => each.role === role));
  const shown = mayEdit ? ROLES : taken;
  if (shown.length === 0) return null;
  return (
    <ul className={classes.roles} aria-label={t("roles.label")}>
      {shown.map((role) => (
        <li key={role}>
          <Role role={role} incident={incident} mayEdit={mayEdit} />
        </li>
      ))}
    </ul>
  );
}

function Role({ role, incident, mayEdit }: { role: IncidentRole; incident: Incident; mayEdit: boolean }) {
  const { t } = useTranslation("incident");
  const person = incident.roles.find((each) => each.role === role)?.person;
  const content = (
    <span className={classes.role} data-free={!person || undefined}>
      {person ? (
        <Avatar id={person.id} name={person.name} size={18} named={false} />
      ) : (
        <span className={classes.free} />
      )}
      <span className={classes.word}>{t(`roles.${role}`)}</span>
      {person && <span className={classes.name}>{person.name}</span>}
    </span>
  );
  if (!mayEdit) return content;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.button ?? ""}>
          {content}
          {!person && <span className="visually-hidden">: {t("roles.nobody")}</span>}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        <People role={role} incident={incident} />
      </Menu.Dropdown>
    </Menu>
  );
}

function People({ role, incident }: { role: IncidentRole; incident: Incident }) {
  const { t } = useTranslation("incident");
  const people = useQuery(peopleQuery);
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: ["incident", incident.id] });
  const taken = incident.roles.some((each) => each.role === role);
  return (
    <>
      <Menu.Label>{t(`roles.${role}`)}</Menu.Label>
      {people.data?.items
        .filter(({ suspended }) => !suspended)
        .map(({ id, name }) => (
          <Menu.Item
            key={id}
            leftSection={<Avatar id={id} name={name} size={18} named={false} />}
            onClick={() => void setIncidentRole(incident.id, role, id).finally(refresh)}
          >
            {name}
          </Menu.Item>
        ))}
      {taken && (
        <Menu.Item
          leftSection={<Icon name="close" size={14} />}
          onClick={() => void removeIncidentRole(incident.id, role).finally(refresh)}
        >
          {t("roles.nobody")}
        </Menu.Item>
      )}
    </>
  );
}
