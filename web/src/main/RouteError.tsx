import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorBox } from "../ui";

/** A page that could not be brought up: the server did not answer, or a part of the script is gone after an update. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorBox what={t("error.loadPage")} error={error} onRetry={retry} />;
}
