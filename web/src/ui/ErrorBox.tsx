import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "../lib/failure";
import classes from "./ErrorBox.module.css";
import { Icon } from "./Icon";

interface Props {
  /** What was tried, as a noun phrase: "Loading incidents". */
  what: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** What was tried, why it failed, what to do, and the request id; shown inside the part that failed. */
export function ErrorBox({ what, error, onRetry }: Props) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : undefined;
  const why = reason(known);
  return (
    <div className={classes.box} role="alert">
      <span className={classes.icon}>
        <Icon name="warning" />
      </span>
      <div className={classes.text}>
        <p className={classes.title}>{t("error.title", { what })}</p>
        <p>{why.text ?? t(why.key, { status: known?.status })}</p>
        <p className={classes.advice}>{t(why.advice)}</p>
        {known?.requestId && <p className={classes.request}>{t("error.request", { id: known.requestId })}</p>}
      </div>
      {onRetry && <Button onClick={onRetry}>{t("actions.retry")}</Button>}
    </div>
  );
}

type Reason = { text?: string | undefined } & (
  | { key: "error.offline"; advice: "error.offlineAdvice" }
  | { key: "error.status"; advice: "error.advice" | "error.refusedAdvice" }
  | { key: "error.crash"; advice: "error.crashAdvice" }
);

function reason(error: ApiError | undefined): Reason {
  if (!error) return { key: "error.crash", advice: "error.crashAdvice" };
  if (error.status === 0) return { key: "error.offline", advice: "error.offlineAdvice" };
  const advice = error.isTransient ? "error.advice" : "error.refusedAdvice";
  return { text: error.detail ? sentence(error.detail) : undefined, key: "error.status", advice };
}

/** Details of the server are lower case without a full stop, so that logs can embed them. */
function sentence(detail: string): string {
  const full = /[.。?？]$/.test(detail) ? detail : `${detail}${/[\u4e00-\u9fff]/.test(detail) ? "。" : "."}`;
  return full.charAt(0).toUpperCase() + full.slice(1);
}
