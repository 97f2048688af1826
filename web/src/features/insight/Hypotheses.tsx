import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hypothesis } from "../../api";
import { EmptyState, Icon } from "../../ui";
import { HypothesisCard } from "./HypothesisCard";
import classes from "./InsightPanel.module.css";
import { byLikelihood, HARDLY } from "./model/likely";

const STATES = ["supported", "open", "refuted"] as const;
type Shown = "all" | (typeof STATES)[number];

/** Ranked causes: the first ones in full, the others by their sentence. Refuted ones stay, quieter. */
export function Hypotheses({ hypotheses }: { hypotheses: readonly Hypothesis[] }) {
  const { t } = useTranslation("insight");
  const [shown, setShown] = useState<Shown>("all");
  const [unfolded, setUnfolded] = useState(false);
  const ranked = [...hypotheses].sort((one, other) => one.rank - other.rank);
  const listed = ranked.filter(({ state }) => shown === "all" || state === shown);
  const { likely, unlikely } = byLikelihood(listed);
  const count = (state: Shown) =>
    state === "all" ? ranked.length : ranked.filter((each) => each.state === state).length;
  return (
    <section className={classes.believe}>
      <header className={classes.head}>
        <h2>{t("believe")}</h2>
        <span className={classes.beside}>{t("ranked", { count: ranked.length })}</span>
        <SegmentedControl
          size="xs"
          aria-label={t("filter")}
          value={shown}
          onChange={(value) => setShown(STATES.find((state) => state === value) ?? "all")}
          data={[
            { value: "all", label: `${t("all")} ${count("all")}` },
            ...STATES.map((state) => ({ value: state, label: `${t(`state.${state}`)} ${count(state)}` })),
          ]}
        />
      </header>
      {ranked.length === 0 && (
        <EmptyState icon="bulb" title={t("noHypotheses")} body={t("noHypothesesBody")} />
      )}
      {ranked.length > 0 && listed.length === 0 && <p className={classes.none}>{t("noFiltered")}</p>}
      {likely.map((hypothesis) => (
        <HypothesisCard key={hypothesis.id} hypothesis={hypothesis} first={hypothesis === ranked[0]} />
      ))}
      {unlikely.length > 0 && (
        <Button
          className={classes.unlikely}
          variant="subtle"
          size="sm"
          aria-expanded={unfolded}
          rightSection={<Icon name={unfolded ? "chevronUp" : "chevronDown"} size={12} />}
          onClick={() => setUnfolded(!unfolded)}
        >
          {t("unlikely", { count: unlikely.length, score: HARDLY.toFixed(2) })}
        </Button>
      )}
      {unfolded &&
        unlikely.map((hypothesis) => (
          <HypothesisCard key={hypothesis.id} hypothesis={hypothesis} first={false} />
        ))}
    </section>
  );
}
