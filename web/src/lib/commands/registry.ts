/** One thing a person can do. Every user action of the product is one of these: the palette lists it, the key sheet
 * shows its keys, and buttons call it. */
export interface Command {
  /** Stable name such as `incident.declare`; a later command with the same id replaces the earlier one. */
  id: string;
  /** What it does, in the reader's language: a verb with its object. */
  title: string;
  /** Heading in palette and key sheet, in the reader's language. */
  group: string;
  /** Keys as `c`, `g i`, `mod+k`, `shift+j`, `Enter`. */
  keys?: string | undefined;
  /** Further words to be found by. */
  keywords?: readonly string[] | undefined;
  /** False: known to the key sheet, but not offered in the palette (stepping keys and the like). */
  inPalette?: boolean | undefined;
  run: () => void;
}

/** Commands of a page come before those of the shell around it, whichever was mounted first. */
export type CommandLevel = "shell" | "page";

type Listener = () => void;

/** The commands that can be run now. Pages add theirs while they are shown; of two owners of a key the page wins over
 * the shell, and otherwise the later one. */
export class CommandRegistry {
  #layers: { commands: readonly Command[]; level: CommandLevel }[] = [];
  #listeners = new Set<Listener>();
  #snapshot: readonly Command[] = [];

  /** Adds commands; the returned function takes them away again. */
  add(commands: readonly Command[], level: CommandLevel = "page"): () => void {
    const layer = { commands, level };
    this.#layers = [...this.#layers, layer];
    this.#changed();
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
      this.#changed();
    };
  }

  /** All commands, earliest first, each id once. The same array until something changes. */
  list = (): readonly Command[] => this.#snapshot;

  run(id: string): boolean {
    const command = this.#snapshot.find((candidate) => candidate.id === id);
    command?.run();
    return command !== undefined;
  }

  /** The command that owns these keys: the one added last. */
  byKeys(keys: string): Command | undefined {
    return this.#snapshot.findLast((command) => command.keys === keys);
  }

  /** Whether `prefix` begins a longer key sequence, such as `g` for `g i`. */
  startsSequence(prefix: string): boolean {
    return this.#snapshot.some((command) => command.keys?.startsWith(`${prefix} `));
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    const byId = new Map<string, Command>();
    for (const level of ["shell", "page"] as const) {
      for (const command of this.#layers.flatMap((layer) => (layer.level === level ? layer.commands : []))) {
        byId.delete(command.id);
        byId.set(command.id, command);
      }
    }
    this.#snapshot = [...byId.values()];
    for (const listener of this.#listeners) listener();
  }
}
