/** What a person has chosen for this browser. The server keeps the same values for their other browsers. */
export interface Preferences {
  language: Language | "system";
  theme: "system" | "light" | "dark";
  zone: Zone;
  density: "comfortable" | "compact";
  /** Whether the side bar is folded to a rail, on overview pages and on work pages. */
  side: "open" | "folded";
  workSide: "open" | "folded";
}

export type Language = "en" | "zh-CN";
/** Whose clock times are shown in. `incident` falls back to local where an incident names no zone. */
export type Zone = "utc" | "local" | "incident";

export const DEFAULT_PREFERENCES: Preferences = {
  language: "system",
  theme: "system",
  zone: "local",
  density: "comfortable",
  side: "open",
  workSide: "folded",
};

const CHOICES: { [K in keyof Preferences]: readonly Preferences[K][] } = {
  language: ["system", "en", "zh-CN"],
  theme: ["system", "light", "dark"],
  zone: ["utc", "local", "incident"],
  density: ["comfortable", "compact"],
  side: ["open", "folded"],
  workSide: ["open", "folded"],
};

const STORAGE_KEY = "fupan.preferences";

export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

function pick<K extends keyof Preferences>(key: K, value: unknown): Partial<Pick<Preferences, K>> {
  const choice = CHOICES[key].find((candidate) => candidate === value);
  if (choice === undefined) return {};
  const picked: Partial<Pick<Preferences, K>> = {};
  picked[key] = choice;
  return picked;
}

/** Keeps only known keys with known values: what comes from storage or the server may be of another version. */
export function readPreferences(value: unknown): Partial<Preferences> {
  if (typeof value !== "object" || value === null) return {};
  const of = (key: string): unknown => Reflect.get(value, key);
  return {
    ...pick("language", of("language")),
    ...pick("theme", of("theme")),
    ...pick("zone", of("zone")),
    ...pick("density", of("density")),
    ...pick("side", of("side")),
    ...pick("workSide", of("workSide")),
  };
}

/** The choices of this browser, kept in its storage, with listeners. */
export class PreferenceStore {
  #value: Preferences;
  #listeners = new Set<(changed: Partial<Preferences>) => void>();

  constructor(private readonly storage: KeyValueStore | undefined) {
    this.#value = { ...DEFAULT_PREFERENCES, ...this.#load() };
  }

  get = (): Preferences => this.#value;

  set(change: Partial<Preferences>): void {
    this.#value = { ...this.#value, ...change };
    try {
      this.storage?.setItem(STORAGE_KEY, JSON.stringify(this.#value));
    } catch {
      // A browser that refuses storage still follows the choice until it is closed.
    }
    for (const listener of this.#listeners) listener(change);
  }

  subscribe = (listener: (changed: Partial<Preferences>) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #load(): Partial<Preferences> {
    try {
      return readPreferences(JSON.parse(this.storage?.getItem(STORAGE_KEY) ?? "{}"));
    } catch {
      return {};
    }
  }
}

export function resolveLanguage(choice: Preferences["language"], system: string): Language {
  if (choice !== "system") return choice;
  return system.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}
