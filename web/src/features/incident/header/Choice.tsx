import { Menu, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./IncidentHeader.module.css";

interface Props<Value extends string> {
  label: string;
  value: Value;
  values: readonly Value[];
  show: (value: Value) => ReactNode;
  onChoose: (value: Value) => void;
  mayEdit: boolean;
}

/** A word that is chosen from a few: a press opens them. */
export function Choice<Value extends string>({
  label,
  value,
  values,
  show,
  onChoose,
  mayEdit,
}: Props<Value>) {
  if (!mayEdit) return show(value);
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.choice ?? ""}>
          <span className="visually-hidden">{label}: </span>
          {show(value)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {values.map((each) => (
          <Menu.Item key={each} onClick={() => onChoose(each)} aria-current={each === value || undefined}>
            {show(each)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
