import { Modal, MultiSelect, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { createToken, listIncidents, type TokenDraft, tokensQuery, useSession } from "../../api";
import { CopyField, ErrorBox, FormEnd } from "../../ui";
import { rolesUpTo, toRole } from "./roles";
import classes from "./SettingsPage.module.css";
import { LIFETIMES, type TokenForm, toTokenDraft } from "./token-draft";

/** Makes a token and shows its secret the only time it can be shown. */
export default function TokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const queries = useQueryClient();
  const own = useSession()?.person.role ?? "viewer";
  const [form, setForm] = useState<TokenForm>({ name: "", role: "viewer", incidentIds: [], lifetime: "90" });
  const set = (change: Partial<TokenForm>) => setForm({ ...form, ...change });
  const incidents = useQuery({
    queryKey: ["incidents", "names"],
    queryFn: ({ signal }) => listIncidents({ limit: 200 }, signal),
  });
  const creating = useMutation({
    mutationFn: (draft: TokenDraft) => createToken(draft),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const draft = toTokenDraft(form, Date.now());
    if (draft) creating.mutate(draft);
  };
  const close = { "aria-label": t("common:actions.close") };

  if (creating.data?.token) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={t("token.done", { name: creating.data.name })}
        size={520}
        closeOnClickOutside={false}
        closeButtonProps={close}
      >
        <Stack gap="sm">
          <CopyField label={t("token.secret")} value={creating.data.token} />
          <p className={classes.second}>{t("token.once")}</p>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={t("tokens.create")} size={520} closeButtonProps={close}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <TextInput
            label={t("token.name")}
            placeholder={t("token.nameHint")}
            required
            withAsterisk={false}
            data-autofocus
            value={form.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <NativeSelect
            label={t("token.role")}
            description={t(`roleHint.${form.role}`)}
            value={form.role}
            onChange={(event) => set({ role: toRole(event.currentTarget.value, form.role) })}
            data={rolesUpTo(own).map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
          <MultiSelect
            label={t("token.incidents")}
            placeholder={form.incidentIds.length > 0 ? "" : t("token.allIncidents")}
            searchable
            maxDropdownHeight={180}
            nothingFoundMessage={t("token.noIncident")}
            value={form.incidentIds}
            onChange={(incidentIds) => set({ incidentIds })}
            data={(incidents.data?.items ?? []).map((incident) => ({
              value: incident.id,
              label: `INC-${incident.number} ${incident.title}`,
            }))}
          />
          <NativeSelect
            label={t("token.lifetime")}
            value={form.lifetime}
            onChange={(event) =>
              set({
                lifetime:
                  LIFETIMES.find((lifetime) => lifetime === event.currentTarget.value) ?? form.lifetime,
              })
            }
            data={LIFETIMES.map((lifetime) => ({ value: lifetime, label: t(`lifetime.${lifetime}`) }))}
          />
        </Stack>
        {creating.isError && <ErrorBox what={t("tokens.create")} error={creating.error} />}
        <FormEnd action={t("tokens.create")} sending={creating.isPending} onCancel={onClose} />
      </form>
    </Modal>
  );
}
