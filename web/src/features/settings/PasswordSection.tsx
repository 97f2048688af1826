import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, sessionsQuery, setPassword } from "../../api";
import { ErrorBox } from "../../ui";
import classes from "./PreferencesPage.module.css";
import { Section } from "./SettingsPage";

const EMPTY = { current: "", password: "" };

/** A new password. Who came by a link and has none yet leaves the present one empty. */
export function PasswordSection() {
  const { t } = useTranslation(["settings", "signIn"]);
  const queries = useQueryClient();
  const [form, setForm] = useState(EMPTY);
  const saving = useMutation({
    mutationFn: () => setPassword(form.password, form.current || undefined),
    onSuccess: () => {
      setForm(EMPTY);
      // A new password signs out of all other browsers.
      return queries.invalidateQueries(sessionsQuery);
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const fieldError = (path: string) =>
    saving.error instanceof ApiError ? saving.error.fieldDetail(path) : undefined;
  const show = { "aria-label": t("signIn:showPassword") };
  return (
    <Section title={t("password.title")} lead={t("password.lead")}>
      <form className={classes.form} onSubmit={onSubmit}>
        <PasswordInput
          label={t("password.current")}
          autoComplete="current-password"
          visibilityToggleButtonProps={show}
          error={fieldError("current")}
          value={form.current}
          onChange={(event) => setForm({ ...form, current: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("password.next")}
          autoComplete="new-password"
          visibilityToggleButtonProps={show}
          error={fieldError("password")}
          value={form.password}
          onChange={(event) => setForm({ ...form, password: event.currentTarget.value })}
        />
        <Button type="submit" size="lg" loading={saving.isPending} disabled={!form.password}>
          {t("password.save")}
        </Button>
      </form>
      {saving.isSuccess && (
        <p className={classes.saved} role="status">
          {t("password.saved")}
        </p>
      )}
      {saving.isError && <ErrorBox what={t("password.save")} error={saving.error} />}
    </Section>
  );
}
