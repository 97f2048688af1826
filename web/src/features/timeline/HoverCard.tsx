import { useTranslation } from "react-i18next";
import { KindGlyph } from "../../ui";
import { KINDS } from "./engine/kinds";
import type { Hover } from "./engine/stage-parts";
import classes from "./HoverCard.module.css";
import { useTimeline } from "./model/context";

/** What a column of the density row stands for. */
export function HoverCard({ hover }: { hover: Hover }) {
  const { t } = useTranslation();
  const { clock } = useTimeline();
  const { clientX, clientY } = hover;
  const right = clientX > globalThis.innerWidth - 240;
  return (
    <div
      className={classes.card}
      style={{
        left: clientX + (right ? -12 : 12),
        top: clientY + 16,
        transform: right ? "translateX(-100%)" : undefined,
      }}
      aria-hidden="true"
    >
      <time>
        {clock.time(hover.start)}
        {clock.time(hover.end) === clock.time(hover.start) ? "" : `–${clock.time(hover.end)}`}
      </time>
      {KINDS.map((kind, index) =>
        (hover.counts[index] ?? 0) > 0 ? (
          <span key={kind}>
            <KindGlyph kind={kind} size={12} label={false} />
            {hover.counts[index]} {t(`kind.${kind}`)}
          </span>
        ) : null,
      )}
    </div>
  );
}
