import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api";
import { Icon, SeverityGlyph, StatusGlyph, useAtMost, usePhone } from "../../../ui";
import { useIncidentClock } from "../../timeline";
import type { Tab } from "../useIncidentAddress";
import { Choice } from "./Choice";
import { ClockLine } from "./ClockLine";
import { Details } from "./Details";
import { Impact } from "./Impact";
import classes from "./IncidentHeader.module.css";
import { Roles } from "./Roles";
import { Services } from "./Services";
import { Suspect } from "./Suspect";
import { TabLine } from "./TabLine";
import { TitleLine } from "./TitleLine";
import { useIncidentEdit } from "./useIncidentEdit";

const SEVERITIES = ["sev1", "sev2", "sev3", "sev4"] as const;
const STATES = ["investigating", "mitigated", "resolved", "closed"] as const;

interface Props {
  incident: Incident;
  tab: Tab;
  onTab: (tab: Tab) => void;
  zone: string | null;
}

/** What holds for the incident whatever the tab: three lines. */
export function IncidentHeader({ incident, tab, onTab, zone }: Props) {
  const { t } = useTranslation();
  const { t: own } = useTranslation("incident");
  const edit = useIncidentEdit(incident);
  const narrow = useAtMost(1360);
  const phone = usePhone();
  const suspect = tab !== "insight" && <Suspect incident={incident} onOpen={() => onTab("insight")} />;
  const clock = useIncidentClock(incident.timezone, zone);
  return (
    <header className={classes.header}>
      <TitleLine incident={incident} edit={edit} onTab={onTab} />
      <div className={classes.meta}>
        <div className={classes.state}>
          <div className={classes.words}>
            <Choice
              label={t("severity.label")}
              value={incident.severity}
              values={SEVERITIES}
              show={(severity) => <SeverityGlyph severity={severity} />}
              onChoose={(severity) => edit.change({ severity })}
              mayEdit={edit.mayEdit}
            />
            <Choice
              label={t("status.label")}
              value={incident.status}
              values={STATES}
              show={(status) => <StatusGlyph status={status} />}
              onChoose={(status) => edit.change({ status })}
              mayEdit={edit.mayEdit}
            />
          </div>
          <Services incident={incident} edit={edit} />
        </div>
        <span className={classes.rule} />
        <ClockLine incident={incident} edit={edit} clock={clock} />
        {narrow ? (
          <Details incident={incident} edit={edit} />
        ) : (
          <>
            <span className={classes.rule} />
            <Roles incident={incident} mayEdit={edit.mayEdit} />
            <Impact incident={incident} edit={edit} />
          </>
        )}
      </div>
      {phone && suspect}
      <TabLine incident={incident} tab={tab} onTab={onTab}>
        {!phone && suspect}
        <span className={classes.seen}>
          <Icon name={incident.visibility === "private" ? "lock" : "people"} size={12} />
          {own(`visibility.${incident.visibility}`)}
        </span>
      </TabLine>
    </header>
  );
}
