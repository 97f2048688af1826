import type { Language } from "../preferences";

/** Which pages need the texts: the first ones, those of an incident, the settings. */
export type TextGroup = "first" | "work" | "settings";

type Load = (language: Language, group: TextGroup) => Promise<Record<string, object>>;
type Add = (language: Language, namespace: string, texts: object) => void;

/** Fetches each group of texts once for each language, and all wanted groups when the language changes. */
export class TextLoader {
  #wanted = new Set<TextGroup>();
  #loads = new Map<string, Promise<void>>();

  constructor(
    private readonly load: Load,
    private readonly add: Add,
  ) {}

  want(group: TextGroup, language: Language): Promise<void> {
    this.#wanted.add(group);
    return this.#fetch(language, group);
  }

  async turnTo(language: Language): Promise<void> {
    await Promise.all([...this.#wanted].map((group) => this.#fetch(language, group)));
  }

  #fetch(language: Language, group: TextGroup): Promise<void> {
    const key = `${language} ${group}`;
    const running = this.#loads.get(key) ?? this.#fetchNow(language, group);
    this.#loads.set(key, running);
    // A failed fetch is tried again by the next page that wants the group.
    running.catch(() => this.#loads.delete(key));
    return running;
  }

  async #fetchNow(language: Language, group: TextGroup): Promise<void> {
    for (const [namespace, texts] of Object.entries(await this.load(language, group))) {
      this.add(language, namespace, texts);
    }
  }
}
