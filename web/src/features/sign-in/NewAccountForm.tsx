import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, type Session } from "../../api";
import classes from "./Gate.module.css";
import { PASSWORD_MIN, passwordGap } from "./password";
import { Refused } from "./Refused";

export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

interface Props {
  /** Whether the address is asked for: an invitation already names it. */
  withEmail: boolean;
  submit: string;
  send: (account: NewAccount) => Promise<Session>;
  onSession: (session: Session) => void;
}

/** Name and password of someone new. */
export function NewAccountForm({ withEmail, submit, send, onSession }: Props) {
  const { t } = useTranslation("signIn");
  const [account, setAccount] = useState<NewAccount>({ name: "", email: "", password: "" });
  const [tried, setTried] = useState(false);
  const sending = useMutation({ mutationFn: () => send(account), onSuccess: onSession });
  const gap = passwordGap(account.password);
  const set = (change: Partial<NewAccount>) => setAccount({ ...account, ...change });
  const fieldError = (path: string) =>
    sending.error instanceof ApiError ? sending.error.fieldDetail(path) : undefined;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (gap === 0) sending.mutate();
  };
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      {sending.isError && <Refused error={sending.error} />}
      <TextInput
        label={t("name")}
        name="name"
        autoComplete="name"
        required
        withAsterisk={false}
        autoFocus
        error={fieldError("name")}
        value={account.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {withEmail && (
        <TextInput
          label={t("email")}
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          error={fieldError("email")}
          value={account.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      )}
      <PasswordInput
        label={t("newPassword")}
        name="password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        description={t("passwordRule", { count: PASSWORD_MIN })}
        error={tried && gap > 0 ? t("passwordGap", { count: gap }) : fieldError("password")}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
        value={account.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
      <Button type="submit" variant="filled" size="lg" loading={sending.isPending} fullWidth mt={4}>
        {submit}
      </Button>
    </form>
  );
}
