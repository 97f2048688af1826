import { Button } from "@mantine/core";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { eventQuery, type TimelineEvent } from "../../api";
import { inReadersLanguage } from "../timeline";
import { EventLine } from "./EventLine";
import classes from "./EventLine.module.css";
import { alike } from "./model/alike";
import { useInsight } from "./model/context";

const FIRST_LINES = 5;

/** Stable, so that the answers are put together once and not on every drawing. */
const together = (answers: UseQueryResult<TimelineEvent>[]) => ({
  waiting: answers.some(({ isPending }) => isPending),
  lines: alike(answers.flatMap(({ data }) => (data ? [inReadersLanguage(data)] : []))),
});

/** The events on one side of a hypothesis. What says the same again and again is one line that opens. */
export function EventList({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation(["insight", "timeline"]);
  const { incident } = useInsight();
  const [all, setAll] = useState(false);
  const { waiting, lines } = useQueries({
    queries: ids.map((id) => eventQuery(incident.id, id)),
    combine: together,
  });
  if (waiting) return <p className={classes.wait}>{t("timeline:state.loadRelated")}</p>;
  const shown = all ? lines : lines.slice(0, FIRST_LINES);
  const rest = lines.slice(shown.length).flat().length;
  return (
    <ul>
      {shown.map((events) => (
        <Alike key={events[0].id} events={events} />
      ))}
      {rest > 0 && (
        <li>
          <Button variant="subtle" size="sm" onClick={() => setAll(true)}>
            {t("more", { count: rest })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Alike({ events: [first, ...more] }: { events: [TimelineEvent, ...TimelineEvent[]] }) {
  const { t } = useTranslation("insight");
  const [open, setOpen] = useState(false);
  return (
    <li>
      <EventLine event={first}>
        {more.length > 0 && (
          <button type="button" className={classes.times} aria-expanded={open} onClick={() => setOpen(!open)}>
            ×{more.length + 1}
            <span className="visually-hidden"> {t("alike")}</span>
          </button>
        )}
      </EventLine>
      {open && (
        <ul className={classes.more}>
          {more.map((event) => (
            <li key={event.id}>
              <EventLine event={event} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
