import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addEvents } from "../../../api";
import { formatInstant, instantInZone } from "../../../lib/time";
import { ErrorBox, KindGlyph } from "../../../ui";
import { readPasted } from "../engine/paste";
import { useTimeline } from "../model/context";
import classes from "./Form.module.css";

const MOST = 500;

/** Turns pasted lines such as `14:03 rollback started` into events, and shows first what they will be. */
export function PasteBox({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("timeline");
  const { incident, session, clock, actions, overview } = useTimeline();
  const [text, setText] = useState("");
  const start = incident.started_at ?? incident.detected_at;
  const [day, setDay] = useState(() => clock.full(start ?? session.board.get().view.start).slice(0, 10));
  const services = [...incident.services, ...(overview?.lanes.keys() ?? [])];
  const lines = readPasted(text, day, (local) => instantInZone(local, clock.zone), services);
  const events = lines.flatMap((line) => ("title" in line ? [line] : [])).slice(0, MOST);
  const problems = lines.flatMap((line) => ("problem" in line ? [line] : []));
  const save = useMutation({
    mutationFn: () =>
      addEvents(
        incident.id,
        events.map(({ at, title, service }) => ({
          title,
          occurred_at: formatInstant(at),
          kind: "note",
          service,
        })),
      ),
    onSuccess: () => {
      onDone();
      actions.refresh();
    },
  });
  return (
    <div className={classes.form}>
      <Textarea
        label={t("paste.label")}
        placeholder={t("paste.placeholder")}
        description={t("paste.hint", { zone: clock.zoneName })}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        autosize
        minRows={5}
        maxRows={12}
        data-autofocus
      />
      <TextInput
        label={t("paste.day")}
        w={160}
        value={day}
        onChange={({ currentTarget: { value } }) => setDay(value)}
        classNames={{ input: "num" }}
      />
      {lines.length > 0 && (
        <div className={classes.preview}>
          <p className={classes.head}>{t("paste.preview")}</p>
          <ul>
            {events.map((line) => (
              <li key={line.line}>
                <time>{clock.dayAndTime(line.at)}</time>
                <KindGlyph kind="note" label={false} />
                {line.service && <span className={classes.service}>{line.service}</span>}
                <span>{line.title}</span>
              </li>
            ))}
            {problems.map(({ line, problem }) => (
              <li key={line} className={classes.problem}>
                {t(`paste.problem.${problem}`, { line })}
              </li>
            ))}
          </ul>
        </div>
      )}
      {save.isError && <ErrorBox what={t("form.add")} error={save.error} />}
      <div className={classes.foot}>
        <Button
          variant="filled"
          disabled={events.length === 0}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t("paste.add", { count: events.length })}
        </Button>
      </div>
    </div>
  );
}
