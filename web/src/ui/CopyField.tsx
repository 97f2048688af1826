import { Button, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import classes from "./CopyField.module.css";
import { Icon } from "./Icon";

/** A value to take away: selected on focus, copied by one click. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 3000 });
  return (
    <div className={classes.field}>
      <TextInput
        className={classes.input}
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        classNames={{ input: classes.value }}
      />
      <Button
        size="lg"
        leftSection={<Icon name={clipboard.copied ? "check" : "copy"} size={14} />}
        onClick={() => clipboard.copy(value)}
      >
        <span aria-live="polite">{clipboard.copied ? t("actions.copied") : t("actions.copy")}</span>
      </Button>
    </div>
  );
}
