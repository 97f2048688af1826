import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../api";
import { causeWords } from "./model/cause";
import { useTimeline } from "./model/context";

/** Says of the one event that most likely began it how likely that is; nothing of all others. */
export function CauseTag({ event, className }: { event: TimelineEvent; className: string | undefined }) {
  const { t } = useTranslation("timeline");
  const { cause } = useTimeline();
  if (cause?.event.id !== event.id) return null;
  return (
    <span className={className} data-cause>
      {causeWords(t, cause)}
    </span>
  );
}
