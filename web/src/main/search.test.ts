import { expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search";

it("an address reads like one, and comes back", () => {
  const search = { severity: "sev1,sev2", q: "锁 等待", from: "2026-11-12T14:00:00Z" };
  const text = stringifySearch(search);
  expect(text).toContain("severity=sev1,sev2");
  expect(text).toContain("from=2026-11-12T14:00:00Z");
  expect(parseSearch(text)).toEqual(search);
});

it("what is empty is left out", () => {
  expect(stringifySearch({ q: "", period: undefined })).toBe("");
});
