import { useTranslation } from "react-i18next";

export function PreferencesPage() {
  const { t } = useTranslation("settings");
  return <h1>{t("title")}</h1>;
}
