import { Button, SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FilterMenu } from "../FilterMenu";
import { KindToggles } from "../KindToggles";
import { useTimeline } from "../model/context";
import { nextZone } from "../model/zone";
import { StripMenu } from "../StripMenu";
import classes from "./PhoneBar.module.css";

export const PHONE_VIEWS = ["story", "board", "list"] as const;
export type PhoneView = (typeof PHONE_VIEWS)[number];

interface Props {
  view: PhoneView;
  onView: (view: PhoneView) => void;
  filterOpen: boolean;
  onFilter: (open: boolean) => void;
}

/** Everything the toolbar can do, in a line that scrolls under the thumb. */
export function PhoneBar({ view, onView, filterOpen, onFilter }: Props) {
  const { t } = useTranslation("timeline");
  const { session, clock } = useTimeline();
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("toolbar.label")}>
      <SegmentedControl
        size="sm"
        aria-label={t("toolbar.twin")}
        value={view}
        onChange={(value) => onView(PHONE_VIEWS.find((known) => known === value) ?? "story")}
        data={[
          { value: "story", label: t("toolbar.asStory") },
          { value: "board", label: t("toolbar.asBoard") },
          { value: "list", label: t("toolbar.asList") },
        ]}
      />
      <FilterMenu opened={filterOpen} onChange={onFilter} />
      <KindToggles />
      {view === "board" && <StripMenu />}
      <Button
        variant="subtle"
        onClick={() => nextZone(session.board)}
        aria-label={t("toolbar.zone", { zone: clock.zoneName })}
      >
        {clock.zoneName}
      </Button>
      {view === "board" && (
        <Button variant="subtle" onClick={session.board.fit}>
          {t("toolbar.fit")}
        </Button>
      )}
    </div>
  );
}
