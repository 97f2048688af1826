import { type PreferenceStore, type Preferences, readPreferences } from "../../lib/preferences";

const SYNCED = ["language", "theme", "zone", "density"] as const satisfies readonly (keyof Preferences)[];

/** Carries preferences between browsers: what the server keeps is taken over once, later choices are sent to it.
 * The folding of the side bar stays with the browser, because it depends on its width. */
export class PreferenceSync {
  #receiving = false;

  constructor(
    private readonly store: PreferenceStore,
    private readonly send: (change: Record<string, string>) => Promise<void>,
  ) {}

  receive(fromServer: unknown): void {
    const known = readPreferences(fromServer);
    const change = Object.fromEntries(SYNCED.flatMap((key) => (known[key] ? [[key, known[key]]] : [])));
    this.#receiving = true;
    this.store.set(readPreferences(change));
    this.#receiving = false;
  }

  /** Sends what the person chooses from now on; returns how to stop. */
  follow(): () => void {
    return this.store.subscribe((changed) => {
      if (this.#receiving) return;
      const change: Record<string, string> = {};
      for (const key of SYNCED) if (changed[key] !== undefined) change[key] = changed[key];
      // The choice holds in this browser whatever the server says; another browser learns it with the next one.
      if (Object.keys(change).length > 0) this.send(change).catch(() => undefined);
    });
  }
}
