import { describe, expect, it } from "vitest";
import { formatInstant, instantInZone } from "../../../lib/time";
import { readPasted } from "./paste";

const read = (text: string, zone = "UTC") =>
  readPasted(text, "2026-11-12", (local) => instantInZone(local, zone), ["orders"]).map((line) =>
    "title" in line
      ? `${formatInstant(line.at).slice(0, 19)} ${line.service ?? "-"} ${line.title}`
      : `${line.line} ${line.problem}`,
  );

describe("pasted lines", () => {
  it("become events", () => {
    expect(read("14:03 rollback started\n\n- 14:03:20 orders: pool drains\n[14:05] — 回滚完成")).toEqual([
      "2026-11-12T14:03:00 - rollback started",
      "2026-11-12T14:03:20 orders pool drains",
      "2026-11-12T14:05:00 - 回滚完成",
    ]);
  });

  it("are read in the zone that is shown, unless they name one", () => {
    expect(read("14:03 a\n14:03Z b\n2026-11-12T14:03:00+02:00 c", "Asia/Shanghai")).toEqual([
      "2026-11-12T06:03:00 - a",
      "2026-11-12T14:03:00 - b",
      "2026-11-12T12:03:00 - c",
    ]);
  });

  it("go past midnight", () => {
    expect(read("23:58 a\n00:04 b\n00:10 c")).toEqual([
      "2026-11-12T23:58:00 - a",
      "2026-11-13T00:04:00 - b",
      "2026-11-13T00:10:00 - c",
    ]);
  });

  it("say what is wrong with them, and go on", () => {
    expect(read("hello\n25:00 never\n14:10\n14:11 fine\nand more of it")).toEqual([
      "1 no_time",
      "2 bad_time",
      "3 no_text",
      "2026-11-12T14:11:00 - fine and more of it",
    ]);
  });
});
