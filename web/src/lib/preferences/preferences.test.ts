import { describe, expect, it } from "vitest";
import { PreferenceStore, readPreferences, resolveLanguage } from "./preferences";

function memory(initial?: string) {
  const kept = new Map<string, string>(initial === undefined ? [] : [["fupan.preferences", initial]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe("preferences", () => {
  it("survive a reload", () => {
    const storage = memory();
    new PreferenceStore(storage).set({ zone: "utc", theme: "dark" });
    expect(new PreferenceStore(storage).get()).toMatchObject({
      zone: "utc",
      theme: "dark",
      language: "system",
    });
  });

  it("ignore what another version or a vandal left in storage", () => {
    expect(new PreferenceStore(memory('{"zone":"mars","theme":7,"density":"compact"}')).get()).toMatchObject({
      zone: "local",
      theme: "system",
      density: "compact",
    });
    expect(new PreferenceStore(memory("not json")).get().theme).toBe("system");
    expect(readPreferences(null)).toEqual({});
  });

  it("follow the system language until one is chosen", () => {
    expect(resolveLanguage("system", "zh-TW")).toBe("zh-CN");
    expect(resolveLanguage("system", "de-DE")).toBe("en");
    expect(resolveLanguage("en", "zh-CN")).toBe("en");
  });
});
