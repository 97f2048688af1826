import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../lib/commands";
import { moved, NO_ROW, placed } from "./list-cursor";

interface Rows {
  ids: readonly string[];
  show: (index: number) => void;
  focus: (id: string) => void;
  open: (id: string) => void;
}

/** `j`, `k` and Enter. The focus follows, so that a screen reader reads the row and Tab goes on from it. */
export function useRowKeys(rows: Rows): string | undefined {
  const { t } = useTranslation("incidents");
  const [cursor, setCursor] = useState(NO_ROW);
  const now = useRef({ rows, cursor });
  now.current = { rows, cursor };
  const here = placed(cursor, rows.ids);

  useEffect(() => {
    if (cursor.id !== undefined) now.current.rows.focus(cursor.id);
  }, [cursor]);

  useCommands(() => {
    const step = (by: 1 | -1) => () => {
      const next = moved(now.current.cursor, now.current.rows.ids, by);
      if (next.index >= 0) now.current.rows.show(next.index);
      setCursor(next);
    };
    const open = () => {
      const { id } = placed(now.current.cursor, now.current.rows.ids);
      if (id) now.current.rows.open(id);
    };
    const group = t("group");
    return [
      { id: "incidents.next", title: t("keys.next"), group, keys: "j", inPalette: false, run: step(1) },
      {
        id: "incidents.previous",
        title: t("keys.previous"),
        group,
        keys: "k",
        inPalette: false,
        run: step(-1),
      },
      { id: "incidents.open", title: t("keys.open"), group, keys: "Enter", inPalette: false, run: open },
    ];
  }, [t]);

  return here.id;
}
