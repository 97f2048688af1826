import { Tooltip } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatCount } from "../../lib/quantity";
import { KindGlyph } from "../../ui";
import { KINDS } from "./engine/kinds";
import { useBoard, useTimeline } from "./model/context";
import { totalCounts } from "./model/counts";
import classes from "./Toolbar.module.css";

/** Legend and switch in one: shape, colour, word and count of each kind. Double press shows one alone. */
export function KindToggles() {
  const { t, i18n } = useTranslation();
  const { t: own } = useTranslation("timeline");
  const { session, overview } = useTimeline();
  const hidden = useBoard((state) => state.hiddenKinds);
  const counts = useMemo(() => totalCounts(overview), [overview]);
  return (
    <span className={classes.kinds}>
      {KINDS.map((kind, index) => (
        <Tooltip key={kind} label={own("toolbar.show", { kind: t(`kind.${kind}`) })} openDelay={700}>
          <button
            type="button"
            className={classes.kind}
            aria-pressed={!hidden.includes(kind)}
            onClick={(event) =>
              event.altKey || event.shiftKey ? session.board.onlyKind(kind) : session.board.toggleKind(kind)
            }
            onDoubleClick={() => session.board.onlyKind(kind)}
          >
            <KindGlyph kind={kind} label={false} />
            <span className={classes.word}>{t(`kind.${kind}`)}</span>
            <span className={classes.count}>{formatCount(counts[index] ?? 0, i18n.language)}</span>
          </button>
        </Tooltip>
      ))}
    </span>
  );
}
