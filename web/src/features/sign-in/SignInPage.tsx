import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { getSetup, signInByLink } from "../../api";
import { takeToken } from "./fragment";
import { Gate } from "./Gate";
import classes from "./Gate.module.css";
import { LinkSignIn } from "./link-sign-in";
import { PasswordForm } from "./PasswordForm";
import { useEnter } from "./useEnter";

const links = new LinkSignIn(signInByLink);
// The token leaves the address before anything is drawn, whatever is rendered twice.
let taken: string | undefined;

export function SignInPage() {
  const { t } = useTranslation("signIn");
  const { next } = useSearch({ from: "/sign-in" });
  const [token] = useState(() => {
    taken = takeToken() ?? taken;
    return taken;
  });
  const [spent, setSpent] = useState(false);
  const enter = useEnter();
  const entering = useRef(enter);
  entering.current = enter;

  useEffect(() => {
    if (!token) return;
    taken = undefined;
    links.signIn(token).then(
      (session) => entering.current(session, next),
      () => setSpent(true),
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
