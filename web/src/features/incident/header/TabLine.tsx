import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api";
import { formatBytes, formatCount } from "../../../lib/quantity";
import { TABS, type Tab } from "../useIncidentAddress";
import classes from "./IncidentHeader.module.css";

interface Props {
  incident: Incident;
  tab: Tab;
  onTab: (tab: Tab) => void;
  children: ReactNode;
}

/** The rooms of an incident that exist, with what is in them. */
export function TabLine({ incident, tab, onTab, children }: Props) {
  const { t, i18n } = useTranslation("incident");
  const { counts, capture } = incident;
  const beside: Record<Tab, string> = {
    timeline: formatCount(counts.events, i18n.language),
    insight: counts.hypotheses > 0 ? formatCount(counts.hypotheses, i18n.language) : "",
    evidence: capture ? formatBytes(capture.size_bytes) : "",
  };
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = TABS[TABS.indexOf(tab) + direction];
    if (direction === 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    onTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div className={classes.tabs}>
      <div role="tablist" aria-label={t("tabs.label")} className={classes.tablist}>
        {TABS.map((name) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={name === tab}
            tabIndex={name === tab ? 0 : -1}
            className={classes.tab}
            onClick={() => onTab(name)}
            onKeyDown={step}
          >
            {t(`tabs.${name}`)}
            {beside[name] && <span>{beside[name]}</span>}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
