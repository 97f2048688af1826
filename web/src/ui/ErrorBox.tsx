import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./ErrorBox.module.css";
import { explain } from "./explain";
import { Icon } from "./Icon";

interface Props {
  /** What was tried, as a noun phrase: "Loading incidents". */
  what: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** What was tried, why it failed, what to do, and the request id; shown inside the part that failed. */
export function ErrorBox({ what, error, onRetry }: Props) {
  const { t, i18n } = useTranslation();
  const { why, advice, requestId } = explain(error, t, i18n.language);
  return (
    <div className={classes.box} role="alert">
      <span className={classes.icon}>
        <Icon name="warning" />
      </span>
      <div className={classes.text}>
        <p className={classes.title}>{t("error.title", { what })}</p>
        <p>{why}</p>
        <p className={classes.advice}>{advice}</p>
        {requestId && <p className={classes.request}>{t("error.request", { id: requestId })}</p>}
      </div>
      {onRetry && <Button onClick={onRetry}>{t("actions.retry")}</Button>}
    </div>
  );
}
