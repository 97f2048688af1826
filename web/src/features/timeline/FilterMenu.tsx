import { Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon, Kbd } from "../../ui";
import { RESPONSE_LANE } from "./engine/drawing";
import classes from "./FilterMenu.module.css";
import { useBoard, useTimeline } from "./model/context";

interface Props {
  opened: boolean;
  onChange: (open: boolean) => void;
}

/** Text and services that events have to match; what is set stays in sight beside the button. */
export function FilterMenu({ opened, onChange }: Props) {
  const { t } = useTranslation("timeline");
  const q = useBoard((state) => state.q);
  const services = useBoard((state) => state.services);
  const count = services.length + (q ? 1 : 0);
  return (
    <>
      <Popover opened={opened} onChange={onChange} trapFocus position="bottom-start" width={280}>
        <Popover.Target>
          <Button
            variant="subtle"
            size="sm"
            leftSection={<Icon name="filter" size={14} />}
            rightSection={<Kbd keys="/" />}
            onClick={() => onChange(!opened)}
            aria-label={count > 0 ? t("toolbar.filtered", { count }) : t("toolbar.filter")}
          >
            {t("toolbar.filter")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <FilterForm />
        </Popover.Dropdown>
      </Popover>
      <SetFilters />
    </>
  );
}

function FilterForm() {
  const { t } = useTranslation("timeline");
  const { session, overview, incident } = useTimeline();
  const { board } = session;
  const services = useBoard((state) => state.services);
  const [text, setText] = useState(board.get().q);
  const search = useDebouncedCallback((q: string) => board.set({ q: q.trim() }), 250);
  const byService = board.get().grouping === "service";
  const lanes = byService ? [...(overview?.lanes.keys() ?? [])] : [];
  const all = [...new Set([...incident.services, ...services, ...lanes])].filter(
    (name) => name !== "" && name !== RESPONSE_LANE,
  );
  return (
    <div className={classes.form}>
      <TextInput
        label={t("filter.text")}
        value={text}
        data-autofocus
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          search(value);
        }}
      />
      {all.length > 0 && <p className={classes.head}>{t("filter.services")}</p>}
      <div className={classes.services}>
        {all.map((name) => (
          <Checkbox
            key={name}
            size="xs"
            label={name}
            checked={services.includes(name)}
            onChange={() => board.toggleService(name)}
          />
        ))}
      </div>
    </div>
  );
}

function SetFilters() {
  const { t } = useTranslation("timeline");
  const { board } = useTimeline().session;
  const q = useBoard((state) => state.q);
  const services = useBoard((state) => state.services);
  const set = [
    ...(q ? [{ name: `“${q}”`, drop: () => board.set({ q: "" }) }] : []),
    ...services.map((name) => ({ name, drop: () => board.toggleService(name) })),
  ];
  return set.map(({ name, drop }) => (
    <button
      key={name}
      type="button"
      className={classes.chip}
      onClick={drop}
      aria-label={t("filter.drop", { filter: name })}
    >
      <span>{name}</span>
      <Icon name="close" size={12} />
    </button>
  ));
}
