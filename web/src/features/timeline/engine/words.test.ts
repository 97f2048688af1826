import { describe, expect, it } from "vitest";
import { inReadersLanguage, ownAttributes } from "./words";

const event = {
  title: "3 lines",
  detail: "as is",
  key_reason: "first",
  attributes: { "title.zh": "3 行", "key_reason.zh": "首个", actor: "mei" },
};

describe("words of analysis", () => {
  it("are read in the reader's language where they have been written in it", () => {
    expect(inReadersLanguage(event, true)).toMatchObject({
      title: "3 行",
      detail: "as is",
      key_reason: "首个",
    });
    expect(inReadersLanguage(event, false)).toBe(event);
  });

  it("call signals and templates by what a person would say", () => {
    const metric = { title: "disk_free_bytes 386 MB → 0 B", attributes: { signal: "disk_free_bytes" } };
    expect(inReadersLanguage(metric, false).title).toBe("disk free 386 MB → 0 B");
    expect(inReadersLanguage({ title: "new: page <*> failed" }, false).title).toBe("new: page … failed");
  });

  it("are no attributes of their own", () => {
    expect(ownAttributes(event.attributes)).toEqual([["actor", "mei"]]);
  });
});
