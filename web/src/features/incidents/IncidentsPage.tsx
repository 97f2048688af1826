import { useTranslation } from "react-i18next";

export function IncidentsPage() {
  const { t } = useTranslation("incidents");
  return <h1>{t("title")}</h1>;
}
