import { useTranslation } from "react-i18next";
import { formatQuantity } from "../../lib/quantity";
import { signalName } from "../../lib/words";
import classes from "./LaneLabels.module.css";
import { useBoard, useTimeline } from "./model/context";
import { instantOf, scaleOf } from "./model/strip-series";

/** Name and range of a curve; what the curve says, in a sentence for those who cannot see it. */
export function StripLabel({ id, top }: { id: string; top: number }) {
  const { t } = useTranslation("timeline");
  const { series, clock } = useTimeline();
  const byKind = useBoard((state) => state.grouping === "kind");
  const found = series.find((each) => each.id === id);
  if (!found) return null;
  const { low, high } = scaleOf(found);
  const name = [byKind ? found.service : null, signalName(found.metric), found.instance]
    .filter(Boolean)
    .join(" · ");
  const anomaly = found.anomalies[0];
  const sentence = anomaly
    ? t("strips.rose", {
        name: signalName(found.metric),
        service: found.service,
        start: clock.time(instantOf(anomaly.start)),
        end: clock.time(instantOf(anomaly.end)),
      })
    : t("strips.calm", { name: signalName(found.metric), service: found.service });
  return (
    <div className={classes.strip} style={{ top }} title={`${found.service} · ${found.metric}`}>
      <span className={classes.cut}>{name}</span>
      <span className={classes.scale}>
        {formatQuantity(low, low === 0 ? null : found.unit)}–{formatQuantity(high, found.unit)}
      </span>
      <span className="visually-hidden">{sentence}</span>
    </div>
  );
}
