import { Button } from "@mantine/core";
import { hideNotification, showNotification } from "@mantine/notifications";
import i18next from "i18next";
import classes from "./undo.module.css";

/** The only toast there is: something was done, and can be taken back. */
export function offerUndo(message: string, undo: () => void): void {
  const id = `undo-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const run = () => {
    hideNotification(id);
    undo();
  };
  showNotification({
    id,
    autoClose: 8000,
    withCloseButton: true,
    closeButtonProps: { "aria-label": i18next.t("actions.close") },
    message: (
      <span className={classes.undo}>
        {message}
        <Button size="sm" onClick={run}>
          {i18next.t("actions.undo")}
        </Button>
      </span>
    ),
  });
}
