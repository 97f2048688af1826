import { describe, expect, it } from "vitest";
import { DEFAULT_PREFERENCES } from "../../lib/preferences";
import { sideKey, toggleSide } from "./side-mode";

describe("the side bar", () => {
  it("is open on overview pages and folded on work pages", () => {
    expect(DEFAULT_PREFERENCES[sideKey("/incidents")]).toBe("open");
    expect(DEFAULT_PREFERENCES[sideKey("/settings/people")]).toBe("open");
    expect(DEFAULT_PREFERENCES[sideKey("/incidents/inc_1")]).toBe("folded");
  });

  it("remembers both choices apart", () => {
    expect(toggleSide("/incidents/inc_1", DEFAULT_PREFERENCES)).toEqual({ workSide: "open" });
    expect(toggleSide("/incidents", DEFAULT_PREFERENCES)).toEqual({ side: "folded" });
  });
});
