import { Button, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api";
import { useClock } from "../../lib/time";
import { Avatar } from "../../ui";
import { ROLES, toRole } from "./roles";
import classes from "./SettingsPage.module.css";

interface Props {
  person: Person;
  isSelf: boolean;
  /** Nobody changes their own role: the last administrator could lock everyone out. */
  editable: boolean;
  onChange: (change: { role?: Person["role"]; suspended?: boolean }) => void;
}

export function PersonRow({ person, isSelf, editable, onChange }: Props) {
  const { t } = useTranslation("settings");
  const clock = useClock();
  const since = t("people.since", { day: clock.day(person.created_at) });
  return (
    <li className={classes.row}>
      <Avatar id={person.id} name={person.name} size={26} named={false} />
      <div className={classes.who}>
        <span className={classes.name}>
          {person.name}
          {isSelf && <span className={classes.tag}>{t("people.you")}</span>}
          {person.suspended && <span className={classes.tag}>{t("people.suspended")}</span>}
        </span>
        <span className={classes.second}>{[person.email, since].filter(Boolean).join(" · ")}</span>
      </div>
      <div className={classes.side}>
        {editable ? (
          <>
            <NativeSelect
              className={classes.role}
              aria-label={t("people.roleOf", { name: person.name })}
              value={person.role}
              onChange={(event) => onChange({ role: toRole(event.currentTarget.value, person.role) })}
              data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
            />
            <Button
              className={classes.act}
              size="lg"
              variant="subtle"
              onClick={() => onChange({ suspended: !person.suspended })}
            >
              {person.suspended ? t("people.restore") : t("people.suspend")}
            </Button>
          </>
        ) : (
          <span className={classes.word}>{t(`role.${person.role}`)}</span>
        )}
      </div>
    </li>
  );
}
