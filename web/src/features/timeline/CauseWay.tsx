import { type RefObject, useCallback, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui";
import classes from "./CauseWay.module.css";
import { markOf } from "./engine/drawing";
import { causeWords } from "./model/cause";
import { useBoard, useTimeline } from "./model/context";
import { type Side, sideOf } from "./model/out-of-sight";
import type { Laid } from "./model/useStage";

/** Lanes are in call order, so what began it often lies below: says so, and leads there. */
export function CauseWay({ laid, board }: { laid: Laid; board: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation("timeline");
  const { cause } = useTimeline();
  const grouping = useBoard((state) => state.grouping);
  const key = cause ? markOf(cause.event, grouping).lane : null;
  const lane = laid.layout.lanes.find((each) => each.key === key);
  const scroller = useCallback(
    () => board.current?.querySelector<HTMLElement>("[data-part=scroller]") ?? null,
    [board],
  );
  const side = useScrolled(scroller, (top, height) => (lane ? sideOf(lane, top, height) : null));
  if (!cause || !lane || !side) return null;
  return (
    <button
      type="button"
      className={classes.way}
      data-side={side}
      onClick={() => scroller()?.scrollTo({ top: lane.top })}
    >
      <Icon name="bulb" size={14} />
      {causeWords(t, cause)}
      <b>{cause.event.service}</b>
      <Icon name={side === "above" ? "chevronUp" : "chevronDown"} size={12} />
    </button>
  );
}

/** What holds for where an element is scrolled to, and how high it is. */
function useScrolled(element: () => HTMLElement | null, say: (top: number, height: number) => Side): Side {
  const subscribe = useCallback(
    (changed: () => void) => {
      const found = element();
      if (!found) return () => undefined;
      const resize = new ResizeObserver(changed);
      resize.observe(found);
      found.addEventListener("scroll", changed, { passive: true });
      return () => {
        resize.disconnect();
        found.removeEventListener("scroll", changed);
      };
    },
    [element],
  );
  return useSyncExternalStore(subscribe, () => {
    const found = element();
    return found ? say(found.scrollTop, found.clientHeight) : null;
  });
}
