import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { analysisQuery, type Incident, listIncidents, suspectOf } from "../../api";
import { shortDuration, useClock, useLanguage, useNow } from "../../lib/time";
import { Avatar, SeverityGlyph, Sparkline, StatusGlyph } from "../../ui";
import { lasted, startOf } from "./lasted";
import classes from "./RunningIncidents.module.css";

const SHOWN = 3;

/** What burns now, above everything else and whatever the filters say. */
export function RunningIncidents() {
  const { t } = useTranslation("incidents");
  const { data } = useQuery({
    queryKey: ["incidents", "running"],
    queryFn: ({ signal }) => listIncidents({ status: "investigating", limit: SHOWN + 1 }, signal),
  });
  const running = data?.items ?? [];
  if (running.length === 0) return null;
  return (
    <section className={classes.now} aria-label={t("running.label")}>
      {running.slice(0, SHOWN).map((incident) => (
        <Running key={incident.id} incident={incident} />
      ))}
      {running.length > SHOWN && (
        <Link to="/incidents" search={{ status: "investigating" }} className={classes.more}>
          {t("running.all")}
        </Link>
      )}
    </section>
  );
}

function Running({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incidents");
  const now = useNow(1000);
  const clock = useClock(incident.timezone);
  const length = lasted(incident, now);
  const { spark } = incident;
  return (
    <article className={classes.card}>
      <div className={classes.what}>
        <div className={classes.line}>
          <SeverityGlyph severity={incident.severity} />
          <StatusGlyph status={incident.status} />
          <span className={classes.quiet}>
            <span className="num">INC-{incident.number}</span>
            {incident.services.length > 0 && ` · ${incident.services.join(", ")}`}
          </span>
        </div>
        <h2 className={classes.title}>
          <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className={classes.link}>
            {incident.title}
          </Link>
        </h2>
        <MostLikely incident={incident} />
      </div>
      {spark && (
        <figure className={classes.curve}>
          <Sparkline
            points={spark.points}
            anomaly={spark.anomaly}
            width={236}
            height={44}
            tone="danger"
            label={t("spark", { signal: spark.signal, service: spark.service })}
          />
          <figcaption className={classes.quiet}>
            {spark.signal} · {spark.service}
          </figcaption>
        </figure>
      )}
      <div className={classes.clock}>
        <span className={classes.quiet}>
          {t("running.since", { at: clock.dayAndTime(startOf(incident)) })}
        </span>
        {length && <span className={classes.big}>{shortDuration(length.micros)}</span>}
        <span className={classes.line}>
          {incident.roles.map(({ role, person }) => (
            <Avatar key={role} id={person.id} name={person.name} size={18} />
          ))}
          <Button
            size="sm"
            renderRoot={(props) => (
              <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} {...props} />
            )}
          >
            {t("running.open")}
          </Button>
        </span>
      </div>
    </article>
  );
}

/** The likeliest hypothesis with its score, once analysis has one. */
function MostLikely({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incidents");
  const language = useLanguage();
  const { data } = useQuery({
    ...analysisQuery(incident.id, language),
    enabled: incident.counts.hypotheses > 0,
  });
  const best = suspectOf(data?.hypotheses ?? []);
  if (!best) return null;
  return (
    <p className={classes.likely}>
      {t("running.likely", { title: best.title })} <strong className="num">{best.score.toFixed(2)}</strong>
    </p>
  );
}
