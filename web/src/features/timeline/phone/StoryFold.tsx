import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon, KindGlyph } from "../../../ui";
import type { Kind } from "../engine/kinds";
import type { Span } from "../engine/view";
import { inReadersLanguage } from "../engine/words";
import { useBoard, useTimeline } from "../model/context";
import { listQuery } from "../model/list-query";
import classes from "./PhoneStory.module.css";
import { StoryEvent } from "./StoryEvent";

interface Props {
  span: Span;
  count: number;
  kinds: readonly Kind[];
  told: readonly { id: string }[];
}

/** What lies between two key events: a count, opened by a press. */
export function StoryFold({ span, count, kinds, told }: Props) {
  const { t } = useTranslation("timeline");
  const { incident } = useTimeline();
  const [open, setOpen] = useState(false);
  const hiddenKinds = useBoard((state) => state.hiddenKinds);
  const services = useBoard((state) => state.services);
  const q = useBoard((state) => state.q);
  const query = useInfiniteQuery({
    ...listQuery(incident.id, { view: span, hiddenKinds, services, q }, 50),
    enabled: open,
  });
  const others = (
    query.data?.pages.flatMap(({ items }) => items.map((event) => inReadersLanguage(event))) ?? []
  ).filter(({ id }) => !told.some((event) => event.id === id));
  return (
    <>
      <li className={classes.fold}>
        <span />
        <span className={classes.dashes} />
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {kinds.map((kind) => (
            <KindGlyph key={kind} kind={kind} size={11} label={false} />
          ))}
          {open ? t("story.fewer") : t("story.more", { count })}
          <Icon name={open ? "chevronUp" : "chevronDown"} size={12} />
        </button>
      </li>
      {open && others.map((event) => <StoryEvent key={event.id} event={event} quiet />)}
      {open && query.hasNextPage && (
        <li className={classes.fold}>
          <span />
          <span className={classes.dashes} />
          <button type="button" onClick={() => void query.fetchNextPage()}>
            {t("story.more", { count: Math.max(count - others.length, 1) })}
          </button>
        </li>
      )}
    </>
  );
}
