import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Preferences, preferences, readPreferences, usePreferences } from "../../lib/preferences";
import { localZone, nowInstant, useClock } from "../../lib/time";
import { BrowsersSection } from "./BrowsersSection";
import { PasswordSection } from "./PasswordSection";
import classes from "./PreferencesPage.module.css";
import { Section, SettingsPage } from "./SettingsPage";

/** How this person wants to see things. Each choice holds at once, here and in their other browsers. */
export function PreferencesPage() {
  const { t } = useTranslation(["settings", "shell", "common"]);
  const kept = usePreferences();
  const clock = useClock();
  return (
    <SettingsPage>
      <Section title={t("preferences.display")} lead={t("preferences.lead")}>
        <Choice
          name="language"
          label={t("shell:language.label")}
          value={kept.language}
          options={[
            ["system", t("shell:language.system")],
            ["en", "English"],
            ["zh-CN", "简体中文"],
          ]}
        />
        <Choice
          name="theme"
          label={t("shell:theme.label")}
          value={kept.theme}
          options={[
            ["system", t("shell:theme.system")],
            ["light", t("shell:theme.light")],
            ["dark", t("shell:theme.dark")],
          ]}
        />
        <Choice
          name="zone"
          label={t("common:zone.label")}
          value={kept.zone}
          hint={t("preferences.zoneHint", {
            zone: localZone(),
            now: `${clock.time(nowInstant())} ${clock.zoneName}`,
          })}
          options={[
            ["local", t("common:zone.local")],
            ["utc", t("common:zone.utc")],
            ["incident", t("common:zone.incident")],
          ]}
        />
        <Choice
          name="density"
          label={t("preferences.density")}
          value={kept.density}
          options={[
            ["comfortable", t("preferences.comfortable")],
            ["compact", t("preferences.compact")],
          ]}
        />
      </Section>
      <PasswordSection />
      <BrowsersSection />
    </SettingsPage>
  );
}

interface ChoiceProps {
  name: keyof Preferences;
  label: string;
  hint?: string;
  value: string;
  options: [value: string, label: string][];
}

function Choice({ name, label, hint, value, options }: ChoiceProps) {
  return (
    <div className={classes.choice}>
      <div>
        <span id={`preference-${name}`} className={classes.label}>
          {label}
        </span>
        {hint && <p className={classes.hint}>{hint}</p>}
      </div>
      <SegmentedControl
        aria-labelledby={`preference-${name}`}
        value={value}
        onChange={(chosen) => preferences.set(readPreferences({ [name]: chosen }))}
        data={options.map(([option, text]) => ({ value: option, label: text }))}
      />
    </div>
  );
}
