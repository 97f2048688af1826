import { type DependencyList, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import { KeyDispatcher, type KeyPress } from "./keys";
import { type Command, type CommandLevel, CommandRegistry } from "./registry";

/** The one registry of this page. */
export const commands = new CommandRegistry();

/** Offers commands while the calling component is shown, from its first pixel on: a key pressed at once must work. */
export function useCommands(
  make: () => readonly Command[],
  deps: DependencyList,
  level?: CommandLevel,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names what its commands depend on
  const made = useMemo(make, deps);
  useLayoutEffect(() => commands.add(made, level), [made, level]);
}

export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(commands.subscribe, commands.list, commands.list);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.role === "combobox"
  );
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

function read(event: KeyboardEvent, inDialog: boolean): KeyPress {
  const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing, repeat } = event;
  const inField = isField(event.target) || inDialog;
  // 229 is what browsers report for a key that an input method has taken.
  return {
    key,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
    isComposing: isComposing || event.keyCode === 229,
    repeat,
    inField,
  };
}

/** Enter and Space on a focused button or link belong to it, not to a command. */
function belongsToTarget(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" && event.key !== " ") return false;
  const target = event.target;
  return (
    target instanceof Element &&
    target.closest("a,button,summary,[role=option],[role=menuitem],[role=tab]") !== null
  );
}

/** Listens for keys on the whole page. Mounted once, by the shell. */
export function useCommandKeys(): void {
  useLayoutEffect(() => {
    const dispatcher = new KeyDispatcher(commands);
    // The Escape that closes a dialog is the dialog's: by the time it has bubbled up here, the dialog is gone.
    let inDialog = false;
    const onCapture = () => {
      inDialog = isDialogOpen();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || belongsToTarget(event)) return;
      if (dispatcher.press(read(event, inDialog))) event.preventDefault();
    };
    window.addEventListener("keydown", onCapture, { capture: true });
    document.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onCapture, { capture: true });
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
