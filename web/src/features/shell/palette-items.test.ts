import { describe, expect, it } from "vitest";
import type { Command } from "../../lib/commands";
import { groupCommands, matchCommands } from "./palette-items";

const command = (title: string, group: string, more: Partial<Command> = {}): Command => ({
  id: title,
  title,
  group,
  run: () => undefined,
  ...more,
});
const all = [
  command("Go to incidents", "Go"),
  command("Declare incident", "Do"),
  command("Next incident", "Go", { inPalette: false }),
  command("切换到中文", "View", { keywords: ["language"] }),
];

describe("the palette", () => {
  it("finds commands by all words, titles that begin with them first", () => {
    expect(matchCommands(all, "incident").map((found) => found.title)).toEqual([
      "Go to incidents",
      "Declare incident",
    ]);
    expect(matchCommands(all, "declare inc").map((found) => found.title)).toEqual(["Declare incident"]);
    expect(matchCommands(all, "d").map((found) => found.title)[0]).toBe("Declare incident");
  });

  it("finds by keyword and by Chinese words, and leaves stepping keys out", () => {
    expect(matchCommands(all, "language")).toHaveLength(1);
    expect(matchCommands(all, "中文")).toHaveLength(1);
    expect(matchCommands(all, "next")).toEqual([]);
  });

  it("keeps headings in order", () => {
    expect(groupCommands(all).map(([group, found]) => [group, found.length])).toEqual([
      ["Go", 2],
      ["Do", 1],
      ["View", 1],
    ]);
  });
});
