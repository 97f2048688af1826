import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../api";
import { ErrorBox } from "../../ui";
import { markOf } from "./engine/drawing";
import { inReadersLanguage } from "./engine/words";
import { ListRow } from "./ListRow";
import classes from "./ListTwin.module.css";
import { useBoard, useTimeline } from "./model/context";
import { listQuery } from "./model/list-query";
import type { Session } from "./model/session";

const ROW_PX = 32;

/** The board as a list: same view, order, filters and selection, for keyboards and screen readers. */
export function ListTwin() {
  const { t } = useTranslation("timeline");
  const { incident, session, actions, clock } = useTimeline();
  const view = useBoard((state) => state.view);
  const hiddenKinds = useBoard((state) => state.hiddenKinds);
  const services = useBoard((state) => state.services);
  const q = useBoard((state) => state.q);
  const selected = useBoard((state) => state.selected);
  const query = useInfiniteQuery(listQuery(incident.id, { view, hiddenKinds, services, q }));
  const events = useMemo(
    () => query.data?.pages.flatMap(({ items }) => items.map((event) => inReadersLanguage(event))) ?? [],
    [query.data],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (last >= events.length - 30 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, events.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const place = events.findIndex(({ id }) => id === selected);
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: "auto" });
  }, [place, rows]);
  useKnownEvents(session, events);

  if (query.isError) {
    return <ErrorBox what={t("list.loading")} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <div className={classes.twin}>
      <div className={classes.head} aria-hidden="true">
        <span>{t("list.time")}</span>
        <span />
        <span>{t("list.service")}</span>
        <span>{t("list.event")}</span>
        <span>
          {clock.time(view.start)}–{clock.time(view.end)}
        </span>
      </div>
      <div
        className={classes.list}
        ref={scroller}
        role="listbox"
        aria-label={t("list.label")}
        tabIndex={0}
        aria-activedescendant={place >= 0 ? `event-${selected}` : undefined}
      >
        <div style={{ height: rows.getTotalSize() }} className={classes.rows} role="presentation">
          {shown.map(({ index, start }) => {
            const event = events[index];
            return event ? (
              <ListRow
                key={event.id}
                event={event}
                top={start}
                before={events[index - 1]}
                place={index + 1}
                count={hasNextPage ? -1 : events.length}
                onSelect={() => actions.goTo(event.id)}
              />
            ) : null;
          })}
        </div>
        {isFetchingNextPage && <p className={classes.more}>{t("list.loading")}</p>}
      </div>
    </div>
  );
}

/** What keys step through while the list is shown. */
function useKnownEvents(session: Session, events: readonly TimelineEvent[]): void {
  useEffect(() => {
    const { grouping } = session.board.get();
    const marks = events.map((event) => markOf(event, grouping));
    session.known = { marks: () => marks, lanes: () => [...new Set(marks.map(({ lane }) => lane))] };
  }, [session, events]);
}
