import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { incidentsQuery, useSession } from "../../api";
import { useCommands } from "../../lib/commands";
import { useClock, useNow } from "../../lib/time";
import { Icon, Kbd, PageHead } from "../../ui";
import { DropTarget } from "./DropTarget";
import { FilterBar } from "./FilterBar";
import { toQuery } from "./filters";
import { IncidentList } from "./IncidentList";
import classes from "./IncidentsPage.module.css";
import { NoIncidents } from "./NoIncidents";
import { RunningIncidents } from "./RunningIncidents";
import { useFilters } from "./useFilters";

const DeclareDialog = lazy(() => import("./DeclareDialog"));
const ImportDialog = lazy(() => import("./ImportDialog"));
const DAY_MS = 86_400_000;

/** Is something burning, and where does each incident stand? */
export function IncidentsPage() {
  const { t } = useTranslation("incidents");
  const clock = useClock();
  const today = useNow(60_000);
  const [filters] = useFilters();
  const scroller = useRef<HTMLDivElement>(null);
  const dayMs = Math.floor(today / 1000 / DAY_MS) * DAY_MS;
  const query = useMemo(() => toQuery(filters, dayMs), [filters, dayMs]);
  const list = useInfiniteQuery({ ...incidentsQuery(query), placeholderData: (before) => before });
  const incidents = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const role = useSession()?.person.role;
  const mayDeclare = role === "admin" || role === "editor";
  const dialog = useDialog(mayDeclare);

  return (
    <DropTarget disabled={!mayDeclare} onFile={dialog.importFile}>
      <PageHead title={t("title")} beside={<time>{clock.day(today)}</time>}>
        {mayDeclare && (
          <>
            <Button
              leftSection={<Icon name="upload" size={14} />}
              onClick={() => dialog.open("import")}
              className={classes.wide}
            >
              {t("import.action")}
            </Button>
            <Button
              variant="filled"
              leftSection={<Icon name="plus" size={14} />}
              rightSection={<Kbd keys="c" onInk />}
              onClick={() => dialog.open("declare")}
            >
              {t("declare.action")}
            </Button>
          </>
        )}
      </PageHead>
      <div className={classes.scroller} ref={scroller}>
        <RunningIncidents />
        <FilterBar count={list.isSuccess && !list.hasNextPage ? incidents.length : undefined} />
        <IncidentList
          list={list}
          incidents={incidents}
          scroller={scroller}
          empty={<NoIncidents onOpen={dialog.open} mayDeclare={mayDeclare} />}
        />
      </div>
      <Suspense>
        {dialog.shown === "declare" && <DeclareDialog onClose={dialog.close} />}
        {dialog.shown === "import" && <ImportDialog onClose={dialog.close} file={dialog.file} />}
      </Suspense>
    </DropTarget>
  );
}

/** Dialogs are part of the address too: commands of other pages open them by going here. */
function useDialog(mayDeclare: boolean) {
  const { t } = useTranslation("incidents");
  const search = useSearch({ from: "/shell/incidents" });
  const navigate = useNavigate({ from: "/incidents" });
  const dropped = useRef<File | undefined>(undefined);
  const open = (name: "declare" | "import") => {
    dropped.current = undefined;
    void navigate({ search: (before) => ({ ...before, do: name }) });
  };
  const close = () => void navigate({ search: ({ do: _, ...rest }) => rest, replace: true });
  const importFile = (file: File) => {
    open("import");
    dropped.current = file;
  };
  useCommands(() => {
    const run = () => void navigate({ search: (before) => ({ ...before, do: "declare" }) });
    return mayDeclare
      ? [{ id: "incident.declare", title: t("declare.action"), group: t("group"), keys: "c", run }]
      : [];
  }, [t, navigate, mayDeclare]);
  return { shown: mayDeclare ? search.do : undefined, file: dropped.current, open, close, importFile };
}
