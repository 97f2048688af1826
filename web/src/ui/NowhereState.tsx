import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState";

/** What an address shows that leads nowhere, or to what the reader may not see. */
export function NowhereState() {
  const { t } = useTranslation();
  return (
    <>
      <title>{`${t("notFound.title")} · Fupan`}</title>
      <EmptyState icon="search" title={t("notFound.title")} body={t("notFound.body")}>
        <Button renderRoot={(props) => <Link to="/incidents" {...props} />}>{t("notFound.back")}</Button>
      </EmptyState>
    </>
  );
}
