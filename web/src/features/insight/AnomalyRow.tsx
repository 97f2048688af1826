import { useTranslation } from "react-i18next";
import type { Anomaly, Series } from "../../api";
import { type Micros, parseInstant } from "../../lib/time";
import { signalName, withoutWildcards } from "../../lib/words";
import classes from "./Anomalies.module.css";
import { AnomalyCurve } from "./AnomalyCurve";
import { useInsight } from "./model/context";
import { spanAround } from "./model/view";

interface Props {
  anomaly: Anomaly;
  span: { start: Micros; end: Micros } | null;
  series: Series | undefined;
}

/** One anomaly in a line: what, where, since when, its curve, who found it. A press goes to the timeline. */
export function AnomalyRow({ anomaly, span, series }: Props) {
  const { t } = useTranslation("insight");
  const { clock, onShow } = useInsight();
  const start = parseInstant(anomaly.start);
  const end = parseInstant(anomaly.end);
  const families = [...new Set(anomaly.detectors.map(({ family }) => t(`family.${family}`)))];
  const title = withoutWildcards(anomaly.title || anomaly.signal).replace(anomaly.signal, signalName);
  const show = () =>
    onShow({
      view: spanAround([start, end]),
      selected: anomaly.events[0] ?? null,
      strips: null,
      twin: "board",
    });
  return (
    <button
      type="button"
      className={classes.row}
      data-state={anomaly.state}
      onClick={show}
      title={anomaly.why || anomaly.title}
    >
      <span className={classes.name}>
        <b>{title}</b>
        <span>
          {anomaly.service} · <time>{clock.time(anomaly.start)}</time> · {families.join(", ")}
        </span>
      </span>
      <AnomalyCurve
        series={series}
        span={span}
        start={start}
        end={end}
        label={t("curve", {
          signal: anomaly.signal,
          service: anomaly.service,
          title: anomaly.title,
          start: clock.time(anomaly.start),
          end: clock.time(anomaly.end),
        })}
      />
      <span className={classes.score}>{anomaly.score.toFixed(2)}</span>
    </button>
  );
}
