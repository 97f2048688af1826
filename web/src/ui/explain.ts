import type { TFunction } from "i18next";
import { ApiError } from "../lib/failure";

export interface Explanation {
  why: string;
  advice: string;
  requestId: string | undefined;
}

const KNOWN = [
  "unauthenticated",
  "wrong_credentials",
  "link_spent",
  "forbidden",
  "needs_session",
  "token_scope",
  "foreign_origin",
  "not_found",
  "invalid",
  "version_conflict",
  "rate_limited",
  "overloaded",
  "storage_full",
  "read_only",
  "internal",
] as const;

/** Why something failed and what to do about it, in the reader's language. Servers speak English, so other readers get
 * our words for the codes we know; English readers get the more exact sentence of the server. */
export function explain(error: unknown, t: TFunction, language: string): Explanation {
  if (!(error instanceof ApiError)) {
    return { why: t("error.crash"), advice: t("error.crashAdvice"), requestId: undefined };
  }
  if (error.status === 0) {
    return { why: t("error.offline"), advice: t("error.offlineAdvice"), requestId: undefined };
  }
  const code = KNOWN.find((known) => known === error.code);
  const ours = code && t(`error.code.${code}`);
  const theirs = error.detail && sentence(error.detail);
  const why =
    (language.startsWith("en") ? theirs || ours : ours || theirs) ||
    t("error.status", { status: error.status });
  const advice = error.isTransient ? t("error.advice") : t("error.refusedAdvice");
  return { why, advice, requestId: error.requestId };
}

/** Details of the server are lower case without a full stop, so that logs can embed them. */
export function sentence(detail: string): string {
  const full = /[.。?？]$/.test(detail) ? detail : `${detail}${/[\u4e00-\u9fff]/.test(detail) ? "。" : "."}`;
  return full.charAt(0).toUpperCase() + full.slice(1);
}
