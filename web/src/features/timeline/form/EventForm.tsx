import { Modal, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "../../../api";
import { OneEvent } from "./OneEvent";
import { PasteBox } from "./PasteBox";

/** Adds one event or many lines of them, or changes one. */
export function EventForm({ event, onClose }: { event: TimelineEvent | null; onClose: () => void }) {
  const { t } = useTranslation("timeline");
  const { t: common } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={t(event ? "form.edit" : "form.add")}
      closeButtonProps={{ "aria-label": common("actions.close") }}
    >
      {event ? (
        <OneEvent event={event} onDone={onClose} />
      ) : (
        <Tabs defaultValue="one" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="one">{t("form.one")}</Tabs.Tab>
            <Tabs.Tab value="paste">{t("form.paste")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="one">
            <OneEvent event={null} onDone={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="paste">
            <PasteBox onDone={onClose} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Modal>
  );
}
