import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Correlation, TimelineEvent } from "../../../api";
import { Icon } from "../../../ui";
import { useTimeline } from "../model/context";
import classes from "./Related.module.css";
import { reasonWords } from "./reason-words";

const NAMES = [
  "time",
  "same_service",
  "call_edge",
  "shared_trace",
  "shared_id",
  "co_movement",
  "text",
  "type_pair",
  "learnt",
] as const;
type Name = (typeof NAMES)[number];

const isName = (name: string): name is Name => NAMES.some((known) => known === name);

/** Shades of ink from the strongest reason to the weakest. */
const SHADES = [1, 0.76, 0.56, 0.42, 0.3, 0.22];
const shade = (place: number): number => SHADES[Math.min(place, SHADES.length - 1)] ?? 1;

function Detail({ reason: { name, detail } }: { reason: Correlation["reasons"][number] }) {
  const { t } = useTranslation("timeline");
  const words = reasonWords(name, detail);
  if (!words) return null;
  if (words.is === "text") return <em>{words.text}</em>;
  if (words.is === "curves") return <em>{t("reasonDetail.curves", words)}</em>;
  if (words.is === "traces") return <em>{t("reasonDetail.traces", words)}</em>;
  if (words.is === "sameAnomaly") return <em>{t("reasonDetail.sameAnomaly")}</em>;
  const { earlier, later } = words;
  return (
    <em>{t("reasonDetail.pair", { earlier: t(`happening.${earlier}`), later: t(`happening.${later}`) })}</em>
  );
}

/** Why two events belong together: parts that add up to the score, as a bar and a list in the same order. */
export function Reasons({ event, correlation }: { event: TimelineEvent; correlation: Correlation }) {
  const { t } = useTranslation("timeline");
  const { actions, mayEdit } = useTimeline();
  const reasons = [...correlation.reasons].sort((one, other) => other.weight - one.weight);
  const { state, by } = correlation;
  const decide = (next: "confirmed" | "rejected") =>
    actions.decide(event.id, correlation.id, state === next ? "proposed" : next);
  const name = by?.name ?? t("drawer.someone");
  return (
    <div className={classes.reasons}>
      <div className={classes.stack} aria-hidden="true">
        {reasons.map((reason, place) => (
          <i key={reason.name} style={{ flexGrow: Math.max(reason.weight, 0.01), opacity: shade(place) }} />
        ))}
      </div>
      <ul>
        {reasons.map((reason, place) => (
          <li key={reason.name} className={classes.reason}>
            <i style={{ opacity: shade(place) }} />
            <span className={classes.what}>
              {isName(reason.name) ? t(`reason.${reason.name}`) : reason.name} <Detail reason={reason} />
            </span>
            <span className={classes.weight}>+{reason.weight.toFixed(2)}</span>
          </li>
        ))}
      </ul>
      <div className={classes.decide}>
        {mayEdit && (
          <>
            <Button
              size="sm"
              variant={state === "confirmed" ? "filled" : "default"}
              aria-pressed={state === "confirmed"}
              leftSection={<Icon name="check" size={12} />}
              onClick={() => decide("confirmed")}
            >
              {t("drawer.confirm")}
            </Button>
            <Button
              size="sm"
              variant={state === "rejected" ? "filled" : "default"}
              aria-pressed={state === "rejected"}
              leftSection={<Icon name="close" size={12} />}
              onClick={() => decide("rejected")}
            >
              {t("drawer.reject")}
            </Button>
          </>
        )}
        {state !== "proposed" && (
          <span className={classes.who}>
            {t(state === "confirmed" ? "drawer.confirmed" : "drawer.rejected", { name })}
          </span>
        )}
      </div>
    </div>
  );
}
