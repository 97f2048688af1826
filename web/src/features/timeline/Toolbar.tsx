import { ActionIcon, Button, Menu, SegmentedControl, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { shortDuration } from "../../lib/time";
import { Icon, Kbd } from "../../ui";
import { FilterMenu } from "./FilterMenu";
import { KindToggles } from "./KindToggles";
import { useBoard, useTimeline } from "./model/context";
import { nextZone } from "./model/zone";
import { StripMenu } from "./StripMenu";
import classes from "./Toolbar.module.css";

interface Props {
  filterOpen: boolean;
  onFilter: (open: boolean) => void;
}

/** What can be shown and how, in one line. */
export function Toolbar({ filterOpen, onFilter }: Props) {
  const { t } = useTranslation("timeline");
  const { session, clock } = useTimeline();
  const { board } = session;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("toolbar.label")}>
      <KindToggles />
      <span className={classes.rule} />
      <GroupingMenu />
      <FilterMenu opened={filterOpen} onChange={onFilter} />
      <StripMenu />
      <span className={classes.end}>
        <ViewLength />
        <Tooltip label={<Hint text={t("commands.zone")} keys="z" />}>
          <Button
            variant="subtle"
            size="sm"
            onClick={() => nextZone(board)}
            aria-label={t("toolbar.zone", { zone: clock.zoneName })}
          >
            {clock.zoneName}
          </Button>
        </Tooltip>
        <Tooltip label={<Hint text={t("commands.fit")} keys="f" />}>
          <ActionIcon aria-label={t("toolbar.fit")} onClick={board.fit}>
            <Icon name="fit" size={14} />
          </ActionIcon>
        </Tooltip>
        <TwinSwitch />
      </span>
    </div>
  );
}

function ViewLength() {
  const { t } = useTranslation("timeline");
  const length = useBoard(({ view }) => shortDuration(view.end - view.start));
  return (
    <span className={classes.length} title={t("toolbar.length")}>
      {length}
    </span>
  );
}

function GroupingMenu() {
  const { t } = useTranslation("timeline");
  const { board } = useTimeline().session;
  const grouping = useBoard((state) => state.grouping);
  const words = t(grouping === "service" ? "toolbar.byService" : "toolbar.byKind");
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          size="sm"
          leftSection={<Icon name="lanes" size={14} />}
          rightSection={<Icon name="chevronDown" size={12} />}
          aria-label={words}
        >
          <span className={classes.grouping}>{words}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("toolbar.lanes")}</Menu.Label>
        <Menu.Item onClick={() => board.set({ grouping: "service" })}>{t("toolbar.byService")}</Menu.Item>
        <Menu.Item onClick={() => board.set({ grouping: "kind" })}>{t("toolbar.byKind")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function TwinSwitch() {
  const { t } = useTranslation("timeline");
  const { board } = useTimeline().session;
  const twin = useBoard((state) => state.twin);
  return (
    <Tooltip label={<Hint text={t("commands.twin")} keys="l" />}>
      <SegmentedControl
        size="xs"
        aria-label={t("toolbar.twin")}
        value={twin}
        onChange={(value) => board.set({ twin: value === "list" ? "list" : "board" })}
        data={[
          { value: "board", label: <TwinIcon name="lanes" label={t("toolbar.asBoard")} /> },
          { value: "list", label: <TwinIcon name="list" label={t("toolbar.asList")} /> },
        ]}
      />
    </Tooltip>
  );
}

function TwinIcon({ name, label }: { name: "lanes" | "list"; label: string }) {
  return (
    <span className={classes.twin}>
      <Icon name={name} size={14} />
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

function Hint({ text, keys }: { text: string; keys: string }) {
  return (
    <span className={classes.hint}>
      {text} <Kbd keys={keys} onInk />
    </span>
  );
}
