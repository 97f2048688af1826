import { Modal, SegmentedControl, Stack, TagsInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { createIncident, type IncidentDraft } from "../../api";
import { nowInstant, useClock } from "../../lib/time";
import { ErrorBox, FormEnd, SeverityGlyph } from "../../ui";
import classes from "./Dialogs.module.css";
import { type DeclareForm, type DeclareProblem, toDraft } from "./declare-draft";
import { SEVERITIES } from "./filters";
import { useKnownServices } from "./useKnownServices";

/** The least that a running incident needs: what breaks, how bad, since when. */
export default function DeclareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["incidents", "common"]);
  const clock = useClock();
  const { sending, send, problem } = useDeclare(clock.zone);
  const [form, setForm] = useState<DeclareForm>(() => ({
    title: "",
    severity: "sev3",
    services: [],
    startedAt: clock.full(nowInstant()),
    visibility: "public",
  }));
  const set = (change: Partial<DeclareForm>) => setForm({ ...form, ...change });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(form);
  };
  const known = useKnownServices();

  return (
    <Modal
      opened
      onClose={onClose}
      title={t("declare.action")}
      size={480}
      closeButtonProps={{ "aria-label": t("common:actions.close") }}
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t("declare.title")}
            placeholder={t("declare.titleHint")}
            data-autofocus
            required
            withAsterisk={false}
            error={problem === "title" && t("declare.titleProblem")}
            value={form.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <div>
            <span className={classes.label} id="declare-severity">
              {t("common:severity.label")}
            </span>
            <SegmentedControl
              className={classes.severities ?? ""}
              fullWidth
              aria-labelledby="declare-severity"
              value={form.severity}
              onChange={(value) =>
                set({ severity: SEVERITIES.find((severity) => severity === value) ?? form.severity })
              }
              data={SEVERITIES.map((severity) => ({
                value: severity,
                label: <SeverityGlyph severity={severity} />,
              }))}
            />
            <p className={classes.hint}>{t(`declare.severity.${form.severity}`)}</p>
          </div>
          <TagsInput
            label={t("declare.services")}
            placeholder={form.services.length > 0 ? "" : t("declare.servicesHint")}
            data={known}
            maxDropdownHeight={160}
            clearable={false}
            value={form.services}
            onChange={(services) => set({ services })}
          />
          <TextInput
            label={t("declare.startedAt", { zone: clock.zoneName })}
            classNames={{ input: "num" }}
            error={problem === "startedAt" && t("declare.startedAtProblem")}
            value={form.startedAt}
            onChange={(event) => set({ startedAt: event.currentTarget.value })}
          />
          <div>
            <span className={classes.label} id="declare-visibility">
              {t("declare.visibility")}
            </span>
            <SegmentedControl
              fullWidth
              aria-labelledby="declare-visibility"
              value={form.visibility}
              onChange={(value) => set({ visibility: value === "private" ? "private" : "public" })}
              data={[
                { value: "public", label: t("declare.public") },
                { value: "private", label: t("declare.private") },
              ]}
            />
          </div>
        </Stack>
        {sending.isError && <ErrorBox what={t("declare.action")} error={sending.error} />}
        <FormEnd action={t("declare.action")} sending={sending.isPending} onCancel={onClose} />
      </form>
    </Modal>
  );
}

function useDeclare(zone: string) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<DeclareProblem>();
  const sending = useMutation({
    mutationFn: (draft: IncidentDraft) => createIncident(draft),
    onSuccess: (incident) => {
      queries.setQueryData(["incident", incident.id], incident);
      void queries.invalidateQueries({ queryKey: ["incidents"] });
      void navigate({ to: "/incidents/$incidentId", params: { incidentId: incident.id } });
    },
  });
  const send = (form: DeclareForm) => {
    const draft = toDraft(form, zone, nowInstant());
    setProblem(typeof draft === "string" ? draft : undefined);
    if (typeof draft !== "string") sending.mutate(draft);
  };
  return { sending, send, problem };
}
