import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { eventQuery, type FindingState, type Hypothesis } from "../../api";
import { signalName, withoutWildcards } from "../../lib/words";
import { Icon } from "../../ui";
import { EventList } from "./EventList";
import classes from "./HypothesisCard.module.css";
import { useInsight } from "./model/context";
import { spanOfEvents } from "./model/view";
import { Score } from "./Score";
import { StateMenu } from "./StateMenu";

const STATES: readonly FindingState[] = ["supported", "open", "refuted"];

/** One possible cause: one sentence why, what speaks for and against it, what was not looked at. */
export function HypothesisCard({ hypothesis, first }: { hypothesis: Hypothesis; first: boolean }) {
  const { t } = useTranslation("insight");
  const [open, setOpen] = useState(first);
  const { rank, title, service, signal, score, state, evidence } = hypothesis;
  const why = withoutWildcards(hypothesis.why);
  const refuted = state === "refuted";
  return (
    <article className={classes.card} data-refuted={refuted || undefined}>
      <div className={classes.head}>
        <span className={classes.rank} data-first={rank === 1 || undefined}>
          {rank}
        </span>
        <div className={classes.what}>
          <h3>
            <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {title}
              <Icon name={open ? "chevronUp" : "chevronDown"} size={12} />
            </button>
          </h3>
          {open ? (
            <p className={classes.tags}>
              <span className={classes.chip}>{service}</span>
              {signal && (
                <span className={classes.signal} title={signal}>
                  {t("signal", { signal: signalName(signal) })}
                </span>
              )}
            </p>
          ) : (
            <p className={classes.short}>{why}</p>
          )}
        </div>
        <Score score={score} quiet={refuted} label={t("score")} />
        <StateMenu finding={hypothesis} states={STATES} />
      </div>
      {open && <p className={classes.why}>{why}</p>}
      {open && <ForAndAgainst hypothesis={hypothesis} />}
      {open && evidence.length > 0 && <Foot evidence={evidence} />}
    </article>
  );
}

function ForAndAgainst({ hypothesis }: { hypothesis: Hypothesis }) {
  const { t } = useTranslation(["insight", "common"]);
  const { evidence, against, counter_evidence, not_seen } = hypothesis;
  return (
    <div className={classes.sides}>
      <div>
        <h4>
          <Icon name="plus" size={12} />
          {t("for")} <span>{evidence.length}</span>
        </h4>
        {evidence.length === 0 && <p className={classes.quiet}>{t("noFor")}</p>}
        <EventList ids={evidence} />
      </div>
      <div>
        <h4>
          <Icon name="close" size={12} />
          {t("against")} <span>{against.length}</span>
        </h4>
        {against.length === 0 && <p className={classes.quiet}>{t("noAgainst")}</p>}
        {against.length > 0 && (
          <ul className={classes.said}>
            {against.map((said) => (
              <li key={said}>{said}</li>
            ))}
          </ul>
        )}
        <EventList ids={counter_evidence} />
        {not_seen.length > 0 && (
          <p className={classes.unseen}>
            <b>{t("notSeen")}</b> {not_seen.map((kind) => t(`common:kind.${kind}`)).join(" · ")}
          </p>
        )}
      </div>
    </div>
  );
}

function Foot({ evidence }: { evidence: readonly string[] }) {
  const { t } = useTranslation("insight");
  const { incident, onShow } = useInsight();
  const queries = useQueryClient();
  const show = async () => {
    const events = await Promise.all(
      evidence.slice(0, 12).map((id) => queries.ensureQueryData(eventQuery(incident.id, id))),
    );
    onShow({ view: spanOfEvents(events), selected: events[0]?.id ?? null, twin: "board" });
  };
  return (
    <div className={classes.foot}>
      <Button size="sm" leftSection={<Icon name="lanes" size={14} />} onClick={() => void show()}>
        {t("show")}
      </Button>
    </div>
  );
}
