import { describe, expect, it } from "vitest";
import { PreferenceStore } from "../../lib/preferences";
import { PreferenceSync } from "./preference-sync";

function setUp() {
  const sent: Record<string, string>[] = [];
  const store = new PreferenceStore(undefined);
  const sync = new PreferenceSync(store, async (change) => void sent.push(change));
  return { sent, store, sync };
}

describe("preferences of a person", () => {
  it("arrive from the server without being sent back", () => {
    const { sent, store, sync } = setUp();
    sync.follow();
    sync.receive({ theme: "dark", zone: "utc", side: "folded", unknown: 1 });
    expect(store.get()).toMatchObject({ theme: "dark", zone: "utc", side: "open" });
    expect(sent).toEqual([]);
  });

  it("are sent as they are chosen, except the side bar", () => {
    const { sent, store, sync } = setUp();
    const stop = sync.follow();
    store.set({ language: "zh-CN" });
    store.set({ side: "folded" });
    stop();
    store.set({ theme: "dark" });
    expect(sent).toEqual([{ language: "zh-CN" }]);
  });
});
