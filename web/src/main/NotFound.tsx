import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui";

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main>
      <title>{`${t("notFound.title")} · Fupan`}</title>
      <EmptyState icon="search" title={t("notFound.title")} body={t("notFound.body")}>
        <Button renderRoot={(props) => <Link to="/incidents" {...props} />}>{t("notFound.back")}</Button>
      </EmptyState>
    </main>
  );
}
