import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  /** What sending the form does. */
  action: string;
  sending: boolean;
  onCancel: () => void;
}

/** The end of a form in a dialog: leave, or send. */
export function FormEnd({ action, sending, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap="xs" mt="lg">
      <Button size="lg" onClick={onCancel}>
        {t("actions.cancel")}
      </Button>
      <Button size="lg" type="submit" variant="filled" loading={sending}>
        {action}
      </Button>
    </Group>
  );
}
