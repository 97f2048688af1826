import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { getSetup, signInByLink } from "../../api";
import { Gate } from "./Gate";
import classes from "./Gate.module.css";
import { LinkSignIn } from "./link-sign-in";
import { PasswordForm } from "./PasswordForm";
import { useEnter } from "./useEnter";
import { forgetToken, useLinkToken } from "./useLinkToken";

const links = new LinkSignIn(signInByLink);

export function SignInPage() {
  const { t } = useTranslation("signIn");
  const { next } = useSearch({ from: "/sign-in" });
  const token = useLinkToken();
  const [spentToken, setSpent] = useState<string>();
  const spent = token !== undefined && token === spentToken;
  const enter = useEnter();
  const entering = useRef(enter);
  entering.current = enter;

  useEffect(() => {
    if (!token) return;
    forgetToken();
    links.signIn(token).then(
      (session) => entering.current(session, next),
      () => setSpent(token),
    );
  }, [token, next]);

  useSetupRedirect(!token);
  if (token && !spent) {
    return (
      <Gate title={t("link.title")}>
        <p className={classes.form} role="status">
          <Loader size={18} color="var(--ink-3)" aria-label={t("link.title")} />
        </p>
      </Gate>
    );
  }
  return (
    <Gate title={spent ? t("link.spent") : t("title")} lead={spent ? t("link.spentAdvice") : undefined}>
      <PasswordForm onSession={(session) => enter(session, next)} />
      <p className={classes.note}>{t("help")}</p>
    </Gate>
  );
}

/** An instance without an administrator has nobody who could sign in. */
function useSetupRedirect(enabled: boolean): void {
  const navigate = useNavigate();
  const { data } = useQuery({ queryKey: ["setup"], queryFn: getSetup, enabled, retry: false });
  const needed = data?.needed ?? false;
  useEffect(() => {
    if (needed) void navigate({ to: "/setup", replace: true });
  }, [needed, navigate]);
}
