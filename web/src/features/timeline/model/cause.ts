import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { analysisQuery, eventQuery, type Hypothesis, type Incident, type TimelineEvent } from "../../../api";
import { useLanguage } from "../../../lib/time";
import { inReadersLanguage } from "../engine/words";

/** The act that the leading hypothesis names first, and how likely that hypothesis is. */
export interface Cause {
  event: TimelineEvent;
  score: number;
  /** A person said that it was so. */
  supported: boolean;
}

/** What people support, else the first that nobody refuted: the same one that the header of the incident names. */
export function leadingHypothesis(hypotheses: readonly Hypothesis[]): Hypothesis | null {
  return (
    hypotheses.find(({ state }) => state === "supported") ??
    hypotheses.find(({ state }) => state !== "refuted") ??
    null
  );
}

/** A symptom is evidence of a cause but begins nothing: only what somebody or something did is named. */
const isAct = ({ kind }: TimelineEvent): boolean => kind === "user_action" || kind === "system_event";

export function useCause(incident: Incident): Cause | null {
  const language = useLanguage();
  const analysis = useQuery({
    ...analysisQuery(incident.id, language),
    enabled: incident.suspect !== null,
  });
  const leading = leadingHypothesis(analysis.data?.hypotheses ?? []);
  const first = leading?.evidence[0];
  const event = useQuery({ ...eventQuery(incident.id, first ?? ""), enabled: first !== undefined });
  return useMemo(() => {
    if (!leading || !event.data || event.data.id !== first || !isAct(event.data)) return null;
    const { score, state } = leading;
    return { event: inReadersLanguage(event.data), score, supported: state === "supported" };
  }, [leading, event.data, first]);
}

export const causeWords = (t: TFunction<"timeline">, { score, supported }: Cause): string =>
  t(supported ? "cause.supported" : "cause.open", { score: score.toFixed(2) });
