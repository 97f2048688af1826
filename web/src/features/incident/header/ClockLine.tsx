import { Popover, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClockName, Incident } from "../../../api";
import { type Clock, shortDuration } from "../../../lib/time";
import { ClockForm } from "./ClockForm";
import classes from "./ClockLine.module.css";
import { CLOCKS, gapBefore } from "./clocks";
import type { IncidentEdit } from "./useIncidentEdit";

interface Props {
  incident: Incident;
  edit: IncidentEdit;
  clock: Clock;
}

/** The four clocks as one line; what lies between two carries its length, red while users suffer. */
export function ClockLine({ incident, edit, clock }: Props) {
  const { t } = useTranslation("incident");
  return (
    <ol className={classes.line} aria-label={t("clocks.label")}>
      {CLOCKS.map((name) => (
        <Stop key={name} name={name} incident={incident} edit={edit} clock={clock} />
      ))}
    </ol>
  );
}

function Stop({ name, incident, edit, clock }: Props & { name: ClockName }) {
  const { t } = useTranslation("incident");
  const [open, setOpen] = useState(false);
  const at = incident[name];
  const source = incident.clocks[name];
  const gap = gapBefore(incident, name);
  const firstSet = CLOCKS.find((each) => incident[each]);
  const unconfirmed = at !== null && source !== null && !source.confirmed;
  const by = !at
    ? t("clocks.unset")
    : unconfirmed && edit.mayEdit
      ? t("clocks.confirm")
      : source
        ? t(`clocks.by.${source.by.kind}`, { name: source.by.name })
        : "";
  return (
    <li className={classes.stop} data-name={name}>
      {gap && (
        <span className={classes.gap} data-hot={gap.hot || undefined} title={t(`clocks.gap.${gap.name}`)}>
          <span>
            <abbr>{t(`clocks.short.${gap.name}`)}</abbr> {shortDuration(gap.length)}
          </span>
        </span>
      )}
      {!gap && name !== "started_at" && <span className={classes.gap} data-empty />}
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={300} trapFocus>
        <Popover.Target>
          <UnstyledButton
            className={classes.clock ?? ""}
            disabled={!edit.mayEdit}
            data-unconfirmed={unconfirmed || undefined}
            data-unset={at === null || undefined}
            onClick={() => setOpen(!open)}
          >
            <span className={classes.label}>
              {t(`clocks.${name}`)}
              {at && name === firstSet ? ` ${clock.day(at)}` : ""}
            </span>
            {at ? (
              <time className={classes.value}>{clock.time(at)}</time>
            ) : (
              <span className={classes.value}>–</span>
            )}
            <span className={classes.by}>{by}</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <ClockForm
            name={name}
            incident={incident}
            edit={edit}
            clock={clock}
            onDone={() => setOpen(false)}
          />
        </Popover.Dropdown>
      </Popover>
    </li>
  );
}
