import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClockName, Incident } from "../../../api";
import { type Clock, formatInstant, instantInZone, nowInstant } from "../../../lib/time";
import classes from "./ClockLine.module.css";
import type { IncidentEdit } from "./useIncidentEdit";

interface Props {
  name: ClockName;
  incident: Incident;
  edit: IncidentEdit;
  clock: Clock;
  onDone: () => void;
}

/** Sets one clock, confirms what was proposed, or takes it away; says where the proposal came from. */
export function ClockForm({ name, incident, edit, clock, onDone }: Props) {
  const { t } = useTranslation("incident");
  const at = incident[name];
  const source = incident.clocks[name];
  const [text, setText] = useState(() =>
    clock.full(at ?? incident.detected_at ?? incident.started_at ?? nowInstant()),
  );
  const instant = instantInZone(text, clock.zone);
  const bad = Number.isNaN(instant);
  const send = (change: Parameters<IncidentEdit["change"]>[0]) => {
    edit.change(change);
    onDone();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!bad) send({ [name]: formatInstant(instant) });
      }}
    >
      <TextInput
        label={`${t(`clocks.${name}`)} (${clock.zoneName})`}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        error={bad ? t("clocks.bad") : undefined}
        classNames={{ input: "num" }}
        data-autofocus
      />
      {source && (
        <p className={classes.source}>
          {source.by.name
            ? t(`clocks.said.${source.by.kind}`, { name: source.by.name })
            : t(`clocks.origin.${source.by.kind}`)}
          {source.confirmed ? "" : ` ${t("clocks.proposed")}`}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" disabled={bad}>
          {t("clocks.save")}
        </Button>
        {source && !source.confirmed && at && (
          <Button onClick={() => send({ confirm: [name] })}>{t("clocks.confirm")}</Button>
        )}
        <Button onClick={() => setText(clock.full(nowInstant()))}>{t("clocks.now")}</Button>
        {at && (
          <Button variant="subtle" onClick={() => send({ [name]: null })}>
            {t("clocks.clear")}
          </Button>
        )}
      </div>
    </form>
  );
}
