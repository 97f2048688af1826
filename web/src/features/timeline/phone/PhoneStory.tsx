import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { listTimeline, type TimelineEvent } from "../../../api";
import { parseInstant, shortDuration } from "../../../lib/time";
import { ErrorBox, Icon } from "../../../ui";
import { newDays, tellStory } from "../engine/story";
import { inReadersLanguage } from "../engine/words";
import { useBoard, useTimeline } from "../model/context";
import { phasesOf } from "../model/window";
import classes from "./PhoneStory.module.css";
import { PhoneStrip } from "./PhoneStrip";
import { StoryEvent } from "./StoryEvent";
import { StoryFold } from "./StoryFold";

const MOST = 200;
const NOTHING: TimelineEvent[] = [];

/** The timeline for a hand: the leading curve, and the story from above to below. */
export function PhoneStory() {
  const { t } = useTranslation("timeline");
  const { incident, overview, acts, actions, mayEdit, clock } = useTimeline();
  const bounds = useBoard((state) => state.bounds);
  const hidden = useBoard((state) => state.hiddenKinds);
  const services = useBoard((state) => state.services);
  const q = useBoard((state) => state.q);
  const keys = useQuery({
    queryKey: ["incident", incident.id, "story", services, q],
    queryFn: ({ signal }) =>
      listTimeline(
        incident.id,
        {
          key: true,
          order: "asc",
          limit: MOST,
          ...(services.length > 0 ? { services: services.join() } : {}),
          ...(q ? { q } : {}),
        },
        signal,
      ),
  });
  const told = useMemo(() => {
    const byId = new Map(
      [...(keys.data?.items ?? NOTHING), ...acts].map((event) => [event.id, inReadersLanguage(event)]),
    );
    return [...byId.values()]
      .filter(({ kind }) => !hidden.includes(kind))
      .map((event) => ({ id: event.id, at: parseInstant(event.occurred_at), kind: event.kind, event }));
  }, [keys.data, acts, hidden]);
  const items = useMemo(
    () => tellStory(told, phasesOf(incident), overview, bounds, hidden),
    [told, incident, overview, bounds, hidden],
  );
  const days = newDays(items, (at) => clock.day(at));
  return (
    <div className={classes.story}>
      <PhoneStrip events={told} />
      {keys.isError && (
        <ErrorBox what={t("state.loading")} error={keys.error} onRetry={() => void keys.refetch()} />
      )}
      <ol className={classes.feed} aria-label={t("story.label")}>
        {items.map((item) =>
          item.is === "event" ? (
            <StoryEvent key={item.event.id} event={item.event.event} day={days.get(item.event.id)} />
          ) : item.is === "phase" ? (
            <li key={item.phase.name} className={classes.phase} data-phase={item.phase.name}>
              <b>{t(`phase.${item.phase.name}`)}</b>{" "}
              {item.phase.open ? t("phase.open") : shortDuration(item.phase.end - item.phase.start)}
            </li>
          ) : (
            <StoryFold
              key={`${item.span.start}`}
              span={item.span}
              count={item.count}
              kinds={item.kinds}
              told={told}
            />
          ),
        )}
      </ol>
      {mayEdit && (
        <button
          type="button"
          className={classes.add}
          aria-label={t("form.add")}
          onClick={() => actions.edit(null)}
        >
          <Icon name="plus" size={20} />
        </button>
      )}
    </div>
  );
}
