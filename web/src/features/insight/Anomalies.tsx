import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Anomaly, listSeries } from "../../api";
import { formatInstant, parseInstant } from "../../lib/time";
import classes from "./Anomalies.module.css";
import { AnomalyRow } from "./AnomalyRow";
import { useInsight } from "./model/context";
import { spanAround } from "./model/view";

const STEP = 12;

type Order = "onset" | "score";

/** Every place where a signal was not as before: small curves on one axis, so that the cascade can be seen. */
export function Anomalies({ anomalies }: { anomalies: readonly Anomaly[] }) {
  const { t } = useTranslation("insight");
  const { incident } = useInsight();
  const [order, setOrder] = useState<Order>("onset");
  const [count, setCount] = useState(STEP);
  const strongest = [...anomalies].sort((one, other) => other.score - one.score);
  const chosen = strongest.slice(0, count);
  const rows =
    order === "score" ? chosen : [...chosen].sort((one, other) => (one.start < other.start ? -1 : 1));
  const span = spanAround(chosen.flatMap(({ start, end }) => [parseInstant(start), parseInstant(end)]));
  const ids = [...new Set(chosen.flatMap(({ series_id }) => (series_id ? [series_id] : [])))];
  const series = useQuery({
    queryKey: ["incident", incident.id, "anomaly-curves", ids, span],
    queryFn: ({ signal }) =>
      listSeries(
        incident.id,
        {
          ids: ids.join(),
          points: 160,
          ...(span ? { from: formatInstant(span.start), to: formatInstant(span.end) } : {}),
        },
        signal,
      ),
    enabled: ids.length > 0 && span !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className={classes.anomalies}>
      <header className={classes.head}>
        <h2>{t("anomalies")}</h2>
        <span>{t("places", { count: anomalies.length })}</span>
        {anomalies.length > 1 && (
          <Button
            size="sm"
            variant="subtle"
            ml="auto"
            title={t("order")}
            onClick={() => setOrder(order === "onset" ? "score" : "onset")}
          >
            {t(order === "onset" ? "byOnset" : "byScore")}
          </Button>
        )}
      </header>
      {anomalies.length === 0 && <p className={classes.none}>{t("noAnomalies")}</p>}
      {rows.map((anomaly) => (
        <AnomalyRow
          key={anomaly.id}
          anomaly={anomaly}
          span={span}
          series={series.data?.find(({ id }) => id === anomaly.series_id)}
        />
      ))}
      {anomalies.length > rows.length && (
        <Button size="sm" variant="subtle" onClick={() => setCount(count + STEP * 2)}>
          {t("more", { count: anomalies.length - rows.length })}
        </Button>
      )}
    </section>
  );
}
