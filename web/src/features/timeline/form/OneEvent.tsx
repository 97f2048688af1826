import { Autocomplete, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../../api";
import { ApiError } from "../../../lib/failure";
import { ErrorBox, FormEnd } from "../../../ui";
import { useTimeline } from "../model/context";
import classes from "./Form.module.css";
import { draftOf, emptyFields, fieldsOf, problemsOf } from "./fields";
import { useSaveEvent } from "./useSaveEvent";

/** One event by hand. Enter in the title saves: during an incident there is no time for the mouse. */
export function OneEvent({ event, onDone }: { event: TimelineEvent | null; onDone: () => void }) {
  const { t } = useTranslation("timeline");
  const { session, incident, clock, overview } = useTimeline();
  const [fields, setFields] = useState(() =>
    event ? fieldsOf(event, clock) : emptyFields(session.board.get(), clock),
  );
  const [tried, setTried] = useState(false);
  const save = useSaveEvent(event, onDone);
  const problems = problemsOf(fields, clock.zone);
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
  const submit = () => {
    setTried(true);
    if (problems.title || problems.time) return;
    save.mutate(draftOf(fields, clock.zone));
  };
  const services = [...new Set([...incident.services, ...(overview?.lanes.keys() ?? [])])].filter(
    (name) => name !== "" && name !== "response",
  );
  const conflict = save.error instanceof ApiError && save.error.code === "version_conflict";
  return (
    <form
      className={classes.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t("form.title")}
        placeholder={t("form.titleHint")}
        value={fields.title}
        onChange={({ currentTarget: { value } }) => set({ title: value })}
        error={tried && problems.title ? t("form.required") : undefined}
        maxLength={500}
        data-autofocus
      />
      <div className={classes.pair}>
        <TextInput
          label={t("form.time", { zone: clock.zoneName })}
          value={fields.time}
          onChange={({ currentTarget: { value } }) => set({ time: value })}
          error={problems.time ? t("form.timeBad") : undefined}
          classNames={{ input: "num" }}
        />
        <Autocomplete
          label={t("form.service")}
          placeholder={t("form.noService")}
          data={services}
          value={fields.service}
          onChange={(service) => set({ service })}
        />
      </div>
      {!event && (
        <div>
          <SegmentedControl
            aria-label={t("form.kind")}
            value={fields.kind}
            onChange={(kind) => set({ kind: kind === "user_action" ? "user_action" : "note" })}
            data={[
              { value: "note", label: t("form.note") },
              { value: "user_action", label: t("form.user_action") },
            ]}
          />
        </div>
      )}
      <Textarea
        label={t("form.detail")}
        value={fields.detail}
        onChange={({ currentTarget: { value } }) => set({ detail: value })}
        autosize
        minRows={2}
        maxRows={8}
      />
      {conflict && <p className={classes.conflict}>{t("form.conflict")}</p>}
      {save.isError && !conflict && (
        <ErrorBox what={t(event ? "form.edit" : "form.add")} error={save.error} />
      )}
      <FormEnd action={t(event ? "form.save" : "form.create")} sending={save.isPending} onCancel={onDone} />
    </form>
  );
}
