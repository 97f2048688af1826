import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { eventQuery, type Pattern } from "../../api";
import { withSignalNames } from "../../lib/words";
import { Icon } from "../../ui";
import { useInsight } from "./model/context";
import { spanOfEvents } from "./model/view";
import classes from "./Patterns.module.css";
import { Score } from "./Score";
import { StateWord } from "./StateMenu";

/** The curves are told below: they should be in sight. */
const FIRST = 3;

interface Props {
  patterns: readonly Pattern[];
  /** Names of signals as machines give them, which the reasons speak of. */
  signals: ReadonlySet<string>;
}

/** Known shapes of failure that fit, each with what to do about it. */
export function Patterns({ patterns, signals }: Props) {
  const { t } = useTranslation("insight");
  const [all, setAll] = useState(false);
  const dismissed = (pattern: Pattern) => (pattern.state === "dismissed" ? 1 : 0);
  const ordered = [...patterns].sort(
    (one, other) => dismissed(one) - dismissed(other) || other.confidence - one.confidence,
  );
  const shown = all ? ordered : ordered.slice(0, FIRST);
  return (
    <section>
      <header className={classes.head}>
        <h2>{t("patterns")}</h2>
        <span>{t("patternCount", { count: patterns.length })}</span>
      </header>
      {patterns.length === 0 && <p className={classes.none}>{t("noPatterns")}</p>}
      {shown.map((pattern) => (
        <Card key={pattern.id} pattern={pattern} signals={signals} />
      ))}
      {shown.length < ordered.length && (
        <Button size="sm" variant="subtle" onClick={() => setAll(true)}>
          {t("more", { count: ordered.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

/** Begins with one line: what to do about it matters more. A press shows the rest. */
function Why({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  return (
    <button
      type="button"
      className={classes.why}
      data-open={open || undefined}
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {text}
    </button>
  );
}

function Card({ pattern, signals }: { pattern: Pattern; signals: ReadonlySet<string> }) {
  const { t } = useTranslation("insight");
  const { decide, mayEdit, incident, onShow } = useInsight();
  const queries = useQueryClient();
  const { id, state, version, evidence } = pattern;
  const show = async () => {
    const events = await Promise.all(
      evidence.slice(0, 12).map((event) => queries.ensureQueryData(eventQuery(incident.id, event))),
    );
    onShow({ view: spanOfEvents(events), selected: events[0]?.id ?? null, twin: "board" });
  };
  return (
    <article className={classes.pattern} data-state={state}>
      <div className={classes.what}>
        <h3>
          {pattern.title} {state !== "open" && <StateWord state={state} />}
        </h3>
        {pattern.why && <Why text={withSignalNames(pattern.why, signals)} />}
        {pattern.recommendation && state !== "dismissed" && (
          <p className={classes.rec}>
            <Icon name="bulb" size={14} />
            <span>
              <span className="visually-hidden">{t("recommendation")}: </span>
              {pattern.recommendation}
            </span>
          </p>
        )}
      </div>
      <Score score={pattern.confidence} quiet={state === "dismissed"} label={t("score")} />
      <div className={classes.foot}>
        <span>
          {[
            pattern.services.join(", "),
            pattern.found_by.map((way) => t(`foundBy.${way}`)).join(", "),
            t("events", { count: evidence.length }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <span className={classes.ways}>
          {evidence.length > 0 && (
            <Tooltip label={t("show")}>
              <ActionIcon aria-label={t("show")} onClick={() => void show()}>
                <Icon name="lanes" size={14} />
              </ActionIcon>
            </Tooltip>
          )}
          {mayEdit && state === "open" && (
            <>
              <Button
                size="sm"
                leftSection={<Icon name="check" size={12} />}
                onClick={() => decide(id, "confirmed", version)}
              >
                {t("confirm")}
              </Button>
              <Button
                size="sm"
                leftSection={<Icon name="close" size={12} />}
                onClick={() => decide(id, "dismissed", version)}
              >
                {t("dismiss")}
              </Button>
            </>
          )}
          {mayEdit && state !== "open" && (
            <Button size="sm" variant="subtle" onClick={() => decide(id, "open", version)}>
              {t("reopen")}
            </Button>
          )}
        </span>
      </div>
    </article>
  );
}
