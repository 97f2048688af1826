import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../api";
import { shortDuration, useClock, useNow } from "../../lib/time";
import { Avatar, Icon, SeverityGlyph, Sparkline, StatusGlyph } from "../../ui";
import classes from "./IncidentList.module.css";
import { lasted, startOf } from "./lasted";
import { MostLikely } from "./MostLikely";
import { PhaseBar } from "./PhaseBar";

export const IncidentRow = memo(function IncidentRow({
  incident,
  selected,
}: {
  incident: Incident;
  selected: boolean;
}) {
  const { t } = useTranslation(["incidents", "common"]);
  const clock = useClock(incident.timezone);
  const { spark } = incident;
  const commander = incident.roles.find(({ role }) => role === "commander")?.person;
  return (
    <Link
      to="/incidents/$incidentId"
      params={{ incidentId: incident.id }}
      className={classes.row}
      data-incident={incident.id}
      data-selected={selected || undefined}
    >
      <SeverityGlyph severity={incident.severity} />
      <span className={classes.what}>
        <span className={classes.title}>{incident.title}</span>
        <span className={classes.second}>
          {incident.visibility === "private" && <Icon name="lock" size={12} />}
          <span className="num">INC-{incident.number}</span>
          <span className={classes.about} title={incident.services.join(", ")}>
            <About incident={incident} />
          </span>
          {incident.example && <span className={classes.example}>{t("example")}</span>}
        </span>
      </span>
      <span className={classes.when}>
        <time dateTime={startOf(incident)} title={`${clock.full(startOf(incident))} ${clock.zoneName}`}>
          {clock.dayAndTime(startOf(incident))}
        </time>
        <span className={classes.second}>
          <Length incident={incident} />
        </span>
      </span>
      <span className={classes.phases}>
        <PhaseBar incident={incident} />
      </span>
      <span
        className={classes.spark}
        title={spark ? t("spark", { signal: spark.signal, service: spark.service }) : undefined}
      >
        {spark && (
          <Sparkline
            points={spark.points}
            anomaly={spark.anomaly}
            width={96}
            height={26}
            tone={incident.severity === "sev1" || incident.severity === "sev2" ? "danger" : "quiet"}
            label={t("spark", { signal: spark.signal, service: spark.service })}
          />
        )}
      </span>
      <span className={classes.state}>
        <StatusGlyph status={incident.status} />
        <span className={classes.second}>
          <Analysis incident={incident} />
        </span>
      </span>
      {commander ? (
        <Avatar
          id={commander.id}
          name={commander.name}
          title={t("commander", { name: commander.name })}
          size={18}
        />
      ) : (
        <span />
      )}
    </Link>
  );
});

/** What it was, once that can be said; until then where. */
function About({ incident }: { incident: Incident }) {
  if (incident.suspect) {
    return (
      <>
        <span>·</span>
        <MostLikely suspect={incident.suspect} />
      </>
    );
  }
  return incident.services.length > 0 ? (
    <span className={classes.names}>· {namesOf(incident.services)}</span>
  ) : null;
}

const MOST_NAMES = 4;

function namesOf(services: readonly string[]): string {
  const rest = services.length - MOST_NAMES;
  return `${services.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` +${rest}` : ""}`;
}

function Length({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incidents");
  const now = useNow(30_000);
  const length = lasted(incident, now);
  if (!length) return null;
  return length.running ? t("soFar", { length: shortDuration(length.micros) }) : shortDuration(length.micros);
}

/** Where analysis stands while it is not done; then how much there is to look at. */
function Analysis({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incidents");
  switch (incident.analysis_state) {
    case "queued":
    case "running":
      return t("analysis.running");
    case "failed":
      return <span className={classes.failed}>{t("analysis.failed")}</span>;
    default:
      return incident.counts.events > 0 ? t("events", { count: incident.counts.events }) : null;
  }
}
