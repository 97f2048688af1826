import { type DragEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui";
import classes from "./DropTarget.module.css";

/** The whole page takes a capture that is dropped on it. */
export function DropTarget({
  disabled,
  onFile,
  children,
}: {
  disabled: boolean;
  onFile: (file: File) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation("incidents");
  const [over, setOver] = useState(false);
  const carriesFile = (event: DragEvent) => !disabled && event.dataTransfer.types.includes("Files");
  const onDragOver = (event: DragEvent) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    setOver(true);
  };
  const onDragLeave = (event: DragEvent) => {
    const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
    if (!inside) setOver(false);
  };
  const onDrop = (event: DragEvent) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the dialog has a button for it
    <div className={classes.target} onDragOver={onDragOver} onDragLeave={onDragLeave} onDrop={onDrop}>
      {children}
      {over && (
        <div className={classes.veil}>
          <Icon name="upload" size={20} />
          {t("import.drop")}
        </div>
      )}
    </div>
  );
}
