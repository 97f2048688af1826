import { describe, expect, it } from "vitest";
import { shortDuration, wordDuration } from "./duration";
import { clockTime, dayAndTime, dayName, fullTime, instantInZone, isZone, zoneName } from "./format";
import { formatInstant, parseInstant } from "./instant";

const at = parseInstant("2026-11-12T14:04:50.123456Z");
const now = parseInstant("2026-11-20T00:00:00Z");

describe("instants", () => {
  it("keep their microseconds both ways", () => {
    expect(at).toBe(1794492290123456);
    expect(formatInstant(at)).toBe("2026-11-12T14:04:50.123456Z");
    expect(parseInstant("2026-11-12T22:04:50.123456789+08:00")).toBe(at);
    expect(formatInstant(-1)).toBe("1969-12-31T23:59:59.999999Z");
    expect(parseInstant("yesterday")).toBeNaN();
  });
});

describe("times", () => {
  it("read in the zone that was asked for", () => {
    expect(clockTime(at, "UTC")).toBe("14:04:50");
    expect(clockTime(at, "Asia/Shanghai")).toBe("22:04:50");
    expect(fullTime(at, "Asia/Tokyo")).toBe("2026-11-12 23:04:50");
    expect(clockTime(parseInstant("2026-11-12T00:00:00Z"), "UTC")).toBe("00:00:00");
  });

  it("read in the language of the reader, with the year only when it is another", () => {
    expect(dayName(at, "UTC", "en", now)).toBe("12 Nov");
    expect(dayName(at, "UTC", "zh-CN", now)).toBe("11 月 12 日");
    expect(dayName(parseInstant("2024-02-29T12:00:00Z"), "UTC", "zh-CN", now)).toBe("2024 年 2 月 29 日");
    expect(dayName(parseInstant("2024-02-29T12:00:00Z"), "UTC", "en", now)).toBe("29 Feb 2024");
    expect(dayAndTime(at, "UTC", "en")).toContain(", 14:04");
  });

  it("name zones by their offset on that day", () => {
    expect(zoneName("UTC", at)).toBe("UTC");
    expect(zoneName("Asia/Shanghai", at)).toBe("UTC+8");
    expect(zoneName("Asia/Kolkata", at)).toBe("UTC+5:30");
    expect(zoneName("America/New_York", at)).toBe("UTC−5");
    expect(isZone("Mars/Base")).toBe(false);
  });

  it("come back from a field, summer time included", () => {
    expect(formatInstant(instantInZone("2026-11-12 22:04:50", "Asia/Shanghai"))).toBe(
      "2026-11-12T14:04:50.000000Z",
    );
    expect(formatInstant(instantInZone("2026-07-01 10:00", "Europe/Berlin"))).toBe(
      "2026-07-01T08:00:00.000000Z",
    );
    expect(instantInZone("soon", "UTC")).toBeNaN();
  });
});

describe("lengths", () => {
  it("are two parts on axes", () => {
    expect(shortDuration(370_000_000)).toBe("6m 10s");
    expect(shortDuration(7_560_000_000)).toBe("2h 06m");
    expect(shortDuration(2_460_000_000)).toBe("41m");
    expect(shortDuration(250_000)).toBe("250ms");
    expect(shortDuration(1)).toBe("1µs");
    expect(shortDuration(90_000_000_000)).toBe("1d 01h");
  });

  it("are words in sentences", () => {
    expect(wordDuration(370_000_000, "zh-CN")).toBe("6 分 10 秒");
    expect(wordDuration(61_000_000, "en")).toBe("1 minute 1 second");
    expect(wordDuration(7_200_000_000, "zh-CN")).toBe("2 小时");
    expect(wordDuration(10, "en")).toBe("under a second");
  });
});
