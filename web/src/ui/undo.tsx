import { ActionIcon, Button } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";
import classes from "./undo.module.css";
import { UndoStore } from "./undo-store";

const store = new UndoStore();

/** The only toast there is: something was done, and can be taken back. */
export function offerUndo(message: string, undo: () => void): void {
  store.offer(message, undo);
}

/** Where the offer appears. Mounted once, by the shell. */
export function UndoToast() {
  const { t } = useTranslation();
  const offer = useSyncExternalStore(store.subscribe, store.current);
  return (
    <div className={classes.place} aria-live="polite">
      {offer && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only holds the time while someone is on it
        <div
          key={offer.id}
          className={classes.toast}
          onPointerEnter={store.pause}
          onPointerLeave={store.resume}
          onFocus={store.pause}
          onBlur={store.resume}
        >
          <span>{offer.message}</span>
          <Button size="sm" onClick={() => store.undo()}>
            {t("actions.undo")}
          </Button>
          <ActionIcon size={24} aria-label={t("actions.close")} onClick={store.dismiss}>
            <Icon name="close" size={14} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
