import { Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, invitationsQuery, invite, type Role } from "../../api";
import { CopyField, ErrorBox, FormEnd } from "../../ui";
import { ROLES, toRole } from "./roles";
import classes from "./SettingsPage.module.css";

/** Makes a link for someone new. Fupan sends no mail of its own, so the link is there to be copied. */
export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const queries = useQueryClient();
  const [form, setForm] = useState<{ email: string; role: Role }>({ email: "", role: "editor" });
  const inviting = useMutation({
    mutationFn: () => invite({ email: form.email.trim(), role: form.role }),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    inviting.mutate();
  };
  const close = { "aria-label": t("common:actions.close") };

  if (inviting.data?.link) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={t("invite.done", { email: inviting.data.email })}
        size={480}
        closeButtonProps={close}
      >
        <Stack gap="sm">
          <CopyField label={t("invite.link")} value={inviting.data.link} />
          <p className={classes.second}>{t("invite.note")}</p>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={t("people.invite")} size={480} closeButtonProps={close}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <TextInput
            label={t("invite.email")}
            type="email"
            required
            withAsterisk={false}
            data-autofocus
            error={inviting.error instanceof ApiError ? inviting.error.fieldDetail("email") : undefined}
            value={form.email}
            onChange={(event) => setForm({ ...form, email: event.currentTarget.value })}
          />
          <NativeSelect
            label={t("invite.role")}
            description={t(`roleHint.${form.role}`)}
            value={form.role}
            onChange={(event) => setForm({ ...form, role: toRole(event.currentTarget.value, form.role) })}
            data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
        </Stack>
        {inviting.isError && <ErrorBox what={t("people.invite")} error={inviting.error} />}
        <FormEnd action={t("invite.submit")} sending={inviting.isPending} onCancel={onClose} />
      </form>
    </Modal>
  );
}
