import { Menu, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FindingState } from "../../api";
import { Icon, type IconName } from "../../ui";
import { useInsight } from "./model/context";
import classes from "./StateMenu.module.css";

const ICONS: Record<FindingState, IconName> = {
  supported: "check",
  confirmed: "check",
  refuted: "close",
  dismissed: "close",
  open: "clock",
};

export function StateWord({ state }: { state: FindingState }) {
  const { t } = useTranslation("insight");
  return (
    <span className={classes.state} data-state={state}>
      <Icon name={ICONS[state]} size={12} />
      {t(`state.${state}`)}
    </span>
  );
}

/** What people say of a finding; a press changes it. */
export function StateMenu({
  finding,
  states,
}: {
  finding: { id: string; state: FindingState; version: number };
  states: readonly FindingState[];
}) {
  const { t } = useTranslation("insight");
  const { decide, mayEdit } = useInsight();
  if (!mayEdit) return <StateWord state={finding.state} />;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton aria-label={`${t("decide")}: ${t(`state.${finding.state}`)}`}>
          <StateWord state={finding.state} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {states.map((state) => (
          <Menu.Item key={state} onClick={() => decide(finding.id, state, finding.version)}>
            <StateWord state={state} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
