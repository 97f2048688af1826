import { isMac, keyCaps } from "../lib/commands";
import classes from "./Kbd.module.css";

/** The keys of a command as caps. Sight only: the key sheet says them in words. */
export function Kbd({ keys, onInk = false }: { keys: string; onInk?: boolean }) {
  return (
    <span className={classes.keys} data-on-ink={onInk || undefined} aria-hidden="true">
      {keyCaps(keys, isMac()).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
