import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident, Page } from "../../api";
import { usePreferences } from "../../lib/preferences";
import { ErrorBox, usePhone } from "../../ui";
import classes from "./IncidentList.module.css";
import { IncidentRow } from "./IncidentRow";
import { ListSkeleton } from "./ListSkeleton";
import { useRowKeys } from "./useRowKeys";

interface Props {
  list: UseInfiniteQueryResult<InfiniteData<Page<Incident>>>;
  incidents: readonly Incident[];
  scroller: RefObject<HTMLDivElement | null>;
  empty: ReactNode;
}

const ROW_PX = { comfortable: 54, compact: 40, phone: 84 };

/** The rows in view of any number of incidents. More are fetched before the end comes into view. */
export function IncidentList({ list, incidents, scroller, empty }: Props) {
  const { t } = useTranslation("incidents");
  const navigate = useNavigate();
  const phone = usePhone();
  const { density } = usePreferences();
  const rowPx = ROW_PX[phone ? "phone" : density];
  const rows = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(rows.current?.offsetTop ?? 0));

  const virtual = useVirtualizer({
    count: incidents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    scrollMargin: margin,
    overscan: 8,
    getItemKey: (index) => incidents[index]?.id ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes the kept measurements wrong
  useEffect(() => virtual.measure(), [rowPx, virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (last >= incidents.length - 10 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, incidents.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const selected = useRowKeys({
    ids: incidents.map((incident) => incident.id),
    show: (index) => virtual.scrollToIndex(index),
    focus: (id) =>
      rows.current?.querySelector<HTMLAnchorElement>(`[data-incident="${CSS.escape(id)}"]`)?.focus(),
    open: (incidentId) => void navigate({ to: "/incidents/$incidentId", params: { incidentId } }),
  });

  if (list.isError && incidents.length === 0) {
    return <ErrorBox what={t("loading")} error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (list.isPending) return <ListSkeleton rowPx={rowPx} label={t("loading")} />;
  if (incidents.length === 0) return empty;
  return (
    <div className={classes.list} data-density={phone ? "phone" : density} aria-busy={list.isPlaceholderData}>
      <div className={classes.head} aria-hidden="true">
        <span>{t("column.severity")}</span>
        <span>{t("column.incident")}</span>
        <span>{t("column.started")}</span>
        <span>{t("column.phases")}</span>
        <span>{t("column.signal")}</span>
        <span>{t("column.status")}</span>
      </div>
      <ul
        ref={rows}
        className={classes.rows}
        style={{ height: virtual.getTotalSize() }}
        aria-label={t("title")}
      >
        {items.map((item) => {
          const incident = incidents[item.index];
          if (!incident) return null;
          return (
            <li
              key={item.key}
              className={classes.place}
              style={{ height: item.size, transform: `translateY(${item.start - margin}px)` }}
            >
              <IncidentRow incident={incident} selected={incident.id === selected} />
            </li>
          );
        })}
      </ul>
      {list.isFetchNextPageError && (
        <ErrorBox what={t("loadingMore")} error={list.error} onRetry={() => void fetchNextPage()} />
      )}
    </div>
  );
}
