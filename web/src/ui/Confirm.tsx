import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  opened: boolean;
  title: string;
  body: ReactNode;
  /** The verb with its object: "Revoke token". */
  action: string;
  pending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before what cannot be undone; nothing else asks. */
export function Confirm({
  opened,
  title,
  body,
  action,
  pending = false,
  onConfirm,
  onClose,
  children,
}: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <p>{body}</p>
      {children}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button onClick={onClose}>{t("actions.cancel")}</Button>
        <Button variant="filled" color="danger" loading={pending} onClick={onConfirm} data-autofocus>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
