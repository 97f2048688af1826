import type { CommandRegistry } from "./registry";

/** What of a keyboard event matters here, so that tests need no browser. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
  repeat: boolean;
  /** True while typing: in a field, a text area, an editor, a select. */
  inField: boolean;
}

const SEQUENCE_MS = 1200;
const NAMED = new Set(["Enter", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

/** `mod+k`, `shift+J`, `?`: the notation of `Command.keys` for one press. */
export function keyName(press: KeyPress): string {
  const mod = press.ctrlKey || press.metaKey ? "mod+" : "";
  const letter = press.key.length === 1 && press.key.toLowerCase() !== press.key.toUpperCase();
  const shift = press.shiftKey && (letter || NAMED.has(press.key)) ? "shift+" : "";
  return `${mod}${shift}${letter ? press.key.toLowerCase() : press.key}`;
}

/** Turns presses into commands, one or two keys long. Keeps silent in fields and while an input method composes. */
export class KeyDispatcher {
  #prefix: { keys: string; at: number } | undefined;

  constructor(
    private readonly registry: CommandRegistry,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** True when the press ran or began a command and the browser must not act on it too. */
  press(press: KeyPress): boolean {
    if (press.isComposing || press.altKey) return false;
    const name = keyName(press);
    if (press.inField && !name.startsWith("mod+")) return false;

    const prefix = this.#livePrefix();
    this.#prefix = undefined;
    const sequence = prefix ? this.registry.byKeys(`${prefix} ${name}`) : undefined;
    const command = sequence ?? this.registry.byKeys(name);
    if (command) {
      command.run();
      return true;
    }
    if (!press.repeat && this.registry.startsSequence(name)) {
      this.#prefix = { keys: name, at: this.now() };
      return true;
    }
    return false;
  }

  #livePrefix(): string | undefined {
    const prefix = this.#prefix;
    return prefix && this.now() - prefix.at <= SEQUENCE_MS ? prefix.keys : undefined;
  }
}

/** How a person reads the keys: `⌘K` on a Mac, `Ctrl K` elsewhere. One entry per key cap. */
export function keyCaps(keys: string, mac: boolean): string[] {
  const caps: Record<string, string> = {
    Enter: "↵",
    Escape: "Esc",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    mod: mac ? "⌘" : "Ctrl",
    shift: mac ? "⇧" : "Shift",
  };
  return keys
    .split(" ")
    .flatMap((step) =>
      step.split("+").map((part) => caps[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
    );
}

export function isMac(): boolean {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
}
