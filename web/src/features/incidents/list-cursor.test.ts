import { describe, expect, it } from "vitest";
import { moved, NO_ROW, placed } from "./list-cursor";

describe("the row of the keys", () => {
  it("begins at the top and stops at the ends", () => {
    expect(moved(NO_ROW, ["a", "b"], 1)).toEqual({ id: "a", index: 0 });
    expect(moved({ id: "b", index: 1 }, ["a", "b"], 1)).toEqual({ id: "b", index: 1 });
    expect(moved({ id: "a", index: 0 }, ["a", "b"], -1)).toEqual({ id: "a", index: 0 });
    expect(moved(NO_ROW, [], 1)).toEqual({ id: undefined, index: -1 });
  });

  it("stays on its incident when a new one arrives above, and near it when it goes", () => {
    expect(placed({ id: "b", index: 1 }, ["new", "a", "b"])).toEqual({ id: "b", index: 2 });
    expect(placed({ id: "b", index: 1 }, ["a", "c"])).toEqual({ id: "c", index: 1 });
    expect(placed({ id: "b", index: 1 }, ["a"])).toEqual({ id: "a", index: 0 });
  });
});
