import { describe, expect, it } from "vitest";
import { resources as en } from "./locales/en";
import { resources as zh } from "./locales/zh-CN";

type Texts = Map<string, string>;

function flatten(value: object, path = "", into: Texts = new Map()): Texts {
  for (const [key, inner] of Object.entries(value)) {
    const here = path ? `${path}.${key}` : key;
    if (typeof inner === "string") into.set(here, inner);
    else flatten(inner, here, into);
  }
  return into;
}

const english = flatten(en);
const chinese = flatten(zh);
// Chinese has one plural form: what English says as `_one` and `_other`, Chinese says as `_other`.
const keys = (texts: Texts) => [...texts.keys()].filter((key) => !key.endsWith("_one")).sort();
const holes = (text: string) =>
  [...new Set(text.match(/{{\s*\w+/g) ?? [])].map((hole) => hole.replace(/{{\s*/, "")).sort();

describe("texts", () => {
  it("have the same keys in both languages", () => {
    expect(keys(chinese)).toEqual(keys(english));
  });

  it("fill the same holes in both languages", () => {
    for (const [key, text] of chinese)
      expect([key, holes(text)]).toEqual([key, holes(english.get(key) ?? "")]);
  });

  it("follow the house words", () => {
    for (const [key, text] of english) {
      expect(text, key).not.toMatch(/!|\boops\b|\bplease\b/i);
      expect(text.trim(), key).not.toBe("");
    }
    for (const [key, text] of chinese) expect(text, key).not.toMatch(/您|(?<![邀申])请(?!求)|亲|吧|！/);
  });

  it("have the marks of their own language", () => {
    for (const [key, text] of chinese)
      expect(text, key).not.toMatch(/\p{Script=Han} ?[,;:?!()]|[,;:?!()] ?\p{Script=Han}/u);
    for (const [key, text] of english) expect(text, key).not.toMatch(/[，。；：？！（）、]/);
  });
});
