import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../lib/commands";
import { Icon, OnDemand } from "../../ui";
import { ChipLabel } from "./ChipLabel";
import classes from "./FilterBar.module.css";
import { chipsOf, withoutChip } from "./filters";
import { useFilters } from "./useFilters";

/** What the list is narrowed to, and how many there are once all are known. */
export function FilterBar({ count }: { count: number | undefined }) {
  const { t } = useTranslation(["incidents", "common"]);
  const [filters, setFilters] = useFilters();
  return (
    <search className={classes.bar}>
      <SearchField />
      {chipsOf(filters)
        .filter((chip) => chip.kind !== "q")
        .map((chip) => (
          <button
            key={`${chip.kind}-${chip.value}`}
            type="button"
            className={classes.chip}
            onClick={() => setFilters(withoutChip(filters, chip))}
          >
            <ChipLabel chip={chip} />
            <Icon name="close" size={12} />
            <span className="visually-hidden">{t("filter.drop")}</span>
          </button>
        ))}
      <OnDemand
        load={() => import("./FilterMenu")}
        target={
          <Button variant="subtle" size="sm" leftSection={<Icon name="filter" size={14} />}>
            {t("filter.action")}
          </Button>
        }
      />
      <span className={classes.end}>
        {count !== undefined && (
          <span className={classes.count} aria-live="polite">
            {t("count", { count })}
          </span>
        )}
      </span>
    </search>
  );
}

const TYPING_MS = 200;

/** Searches as one types, a moment after the last key, and never in the middle of a composed word. */
function SearchField() {
  const { t } = useTranslation(["incidents", "common"]);
  const [filters, setFilters] = useFilters();
  const [text, setText] = useState(filters.q);
  const [composing, setComposing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const apply = useRef(setFilters);
  apply.current = (next) => setFilters(next, "typing");

  useEffect(() => setText(filters.q), [filters.q]);
  useEffect(() => {
    if (composing || text === filters.q) return undefined;
    const timer = setTimeout(() => apply.current({ ...filters, q: text }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, composing, filters]);

  useCommands(
    () => [
      {
        id: "incidents.search",
        title: t("filter.search"),
        group: t("group"),
        keys: "/",
        inPalette: false,
        run: () => field.current?.focus(),
      },
    ],
    [t],
  );
  return (
    <TextInput
      ref={field}
      className={classes.search}
      classNames={{ input: classes.field }}
      type="search"
      aria-label={t("filter.search")}
      placeholder={t("filter.search")}
      leftSection={<Icon name="search" size={14} />}
      rightSection={
        text && (
          <ActionIcon size={22} aria-label={t("common:actions.clear")} onClick={() => setText("")}>
            <Icon name="close" size={12} />
          </ActionIcon>
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={(event) => event.key === "Escape" && field.current?.blur()}
    />
  );
}
