import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Session, signIn } from "../../api";
import classes from "./Gate.module.css";
import { Refused } from "./Refused";

export function PasswordForm({ onSession }: { onSession: (session: Session) => void }) {
  const { t } = useTranslation("signIn");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signing = useMutation({ mutationFn: () => signIn(email.trim(), password), onSuccess: onSession });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {signing.isError && <Refused error={signing.error} />}
      <TextInput
        label={t("email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("password")}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" size="lg" loading={signing.isPending} fullWidth mt={4}>
        {t("submit")}
      </Button>
    </form>
  );
}
