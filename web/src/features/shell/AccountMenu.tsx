import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../../api";
import { commands } from "../../lib/commands";
import { type Preferences, preferences, readPreferences, usePreferences } from "../../lib/preferences";
import { Icon, type IconName, Kbd, type OnDemandProps } from "../../ui";
import classes from "./AccountMenu.module.css";

/** Who is signed in, and what they switch most: language, theme, clock. */
export default function AccountMenu({ target, defaultOpened }: OnDemandProps) {
  const { t } = useTranslation(["shell", "common"]);
  const session = useSession();
  const navigate = useNavigate();
  const kept = usePreferences();
  return (
    <Menu position="top-start" width={216} offset={6} defaultOpened={defaultOpened} trapFocus returnFocus>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{session?.person.name}</strong>
          <span>{session?.person.email ?? session?.instance.name}</span>
        </div>
        <Menu.Divider />
        <Choice
          name="language"
          icon="globe"
          label={t("language.label")}
          value={kept.language}
          options={[
            { value: "system", label: t("language.system") },
            { value: "en", label: "English" },
            { value: "zh-CN", label: "简体中文" },
          ]}
        />
        <Choice
          name="theme"
          icon="moon"
          label={t("theme.label")}
          value={kept.theme}
          options={[
            { value: "system", label: t("theme.system") },
            { value: "light", label: t("theme.light") },
            { value: "dark", label: t("theme.dark") },
          ]}
        />
        <Choice
          name="zone"
          icon="clock"
          label={t("common:zone.label")}
          value={kept.zone}
          options={[
            { value: "local", label: t("common:zone.local") },
            { value: "utc", label: t("common:zone.utc") },
            { value: "incident", label: t("common:zone.incident") },
          ]}
        />
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="settings" size={14} />}
          onClick={() => void navigate({ to: "/settings/preferences" })}
        >
          {t("preferences")}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="keyboard" size={14} />}
          rightSection={<Kbd keys="?" />}
          onClick={() => commands.run("shell.keys")}
        >
          {t("commands.keys")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="signOut" size={14} />}
          onClick={() => commands.run("session.signOut")}
        >
          {t("commands.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  name: keyof Preferences;
  icon: IconName;
  label: string;
  value: string;
  options: { value: string; label: string }[];
}

function Choice({ name, icon, label, value, options }: ChoiceProps) {
  return (
    <Menu.Sub openDelay={60} position="right-end">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<Icon name={icon} size={14} />}>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        <Menu.RadioGroup
          value={value}
          onChange={(chosen) => preferences.set(readPreferences({ [name]: chosen }))}
        >
          {options.map((option) => (
            <Menu.RadioItem key={option.value} value={option.value}>
              {option.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
