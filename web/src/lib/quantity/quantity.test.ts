import { describe, expect, it } from "vitest";
import { formatBytes, formatCount, formatQuantity } from "./quantity";

const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("quantities", () => {
  it("are as short as they can be said", () => {
    const said: [number, string | null, string][] = [
      [30.42, "%", "30.4%"],
      [0.305, "ratio", "30.5%"],
      [9.213, "s", "9.21 s"],
      [0.0004, "s", "400 µs"],
      [1200, "ms", "1.2 s"],
      [5400, "s", "90 min"],
      [39.6, null, "39.6"],
      [1234, null, "1.23 k"],
      [35, "1/s", "35/s"],
      [2_500_000, "bytes", "2.5 MB"],
      [0, "s", "0 s"],
      [12, "connections", "12 connections"],
    ];
    for (const [value, unit, text] of said) expect(plain(formatQuantity(value, unit))).toBe(text);
    expect(plain(formatBytes(9_800_000))).toBe("9.8 MB");
    expect(formatCount(18240, "en")).toBe("18,240");
  });
});
