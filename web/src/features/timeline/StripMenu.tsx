import { Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { withoutWildcards } from "../../lib/words";
import { Icon } from "../../ui";
import { chosenStrips } from "./engine/lanes";
import { useBoard, useTimeline } from "./model/context";
import { choiceOf } from "./model/strip-series";
import classes from "./StripMenu.module.css";

const MOST_LISTED = 60;

/** Which curves stand on the board: any of the capture, the unusual ones first. */
export function StripMenu() {
  const { t } = useTranslation("timeline");
  const { session, series } = useTimeline();
  const { board } = session;
  const [words, setWords] = useState("");
  const chosen = useBoard((state) => state.strips);
  if (series.length === 0) return null;
  const shown = chosenStrips(series.map(choiceOf), chosen).map(({ id }) => id);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [...series]
    .sort((one, other) => other.anomaly_score - one.anomaly_score)
    .filter((each) => wanted.every((word) => `${each.service} ${each.metric}`.toLowerCase().includes(word)));
  const toggle = (id: string) => {
    const next = shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id];
    board.set({ strips: next });
  };
  return (
    <Popover trapFocus position="bottom-start" width={360}>
      <Popover.Target>
        <Button variant="subtle" size="sm" leftSection={<Icon name="chart" size={14} />}>
          {t("toolbar.strips")} <span className={classes.count}>{shown.length}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu}>
        <TextInput
          aria-label={t("strips.search")}
          placeholder={t("strips.search")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-autofocus
        />
        <div className={classes.list}>
          {found.length === 0 && <p className={classes.none}>{t("strips.none")}</p>}
          {found.slice(0, MOST_LISTED).map((each) => (
            <Checkbox
              key={each.id}
              size="xs"
              checked={shown.includes(each.id)}
              onChange={() => toggle(each.id)}
              classNames={{ body: classes.body ?? "", labelWrapper: classes.wrap ?? "" }}
              label={
                <span className={classes.row}>
                  <span className={classes.name}>{withoutWildcards(each.metric)}</span>
                  <span className={classes.service}>{each.service}</span>
                  <span className={classes.score}>
                    {each.anomaly_score > 0 ? each.anomaly_score.toFixed(2) : ""}
                  </span>
                </span>
              }
            />
          ))}
        </div>
        {chosen && (
          <Button variant="subtle" size="sm" onClick={() => board.set({ strips: null })}>
            {t("strips.proposed")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
