import { describe, expect, it } from "vitest";
import { formatInstant, parseInstant, zoneOffsetMinutes } from "../../../lib/time";
import { cachedOffset, makeTicks } from "./ticks";

const offsetOf = (zone: string) => cachedOffset((at) => zoneOffsetMinutes(zone, at) * 60_000_000);
const span = (start: string, end: string) => ({ start: parseInstant(start), end: parseInstant(end) });
const times = (ticks: { at: number }[]) => ticks.map(({ at }) => formatInstant(at).slice(11, 19));

describe("the axis", () => {
  it("stands at round times of the shown clock", () => {
    const view = span("2026-11-12T14:01:10Z", "2026-11-12T14:12:00Z");
    expect(times(makeTicks(view, 600, offsetOf("UTC")).ticks)).toEqual([
      "14:02:00",
      "14:04:00",
      "14:06:00",
      "14:08:00",
      "14:10:00",
      "14:12:00",
    ]);
    const wide = span("2026-11-12T00:00:00Z", "2026-11-12T12:00:00Z");
    expect(times(makeTicks(wide, 300, offsetOf("Asia/Kolkata")).ticks)).toEqual(
      ["00:30:00", "06:30:00"].map((time) => time),
    );
  });

  it("marks where a day begins in that zone", () => {
    const view = span("2026-11-12T12:00:00Z", "2026-11-13T00:00:00Z");
    const changes = makeTicks(view, 900, offsetOf("Asia/Shanghai")).ticks.filter(
      ({ dayChange }) => dayChange,
    );
    expect(times(changes)).toEqual(["16:00:00"]);
  });

  it("stays right across a change of summer time", () => {
    const view = span("2026-10-24T12:00:00Z", "2026-10-27T12:00:00Z");
    const { ticks } = makeTicks(view, 300, offsetOf("Europe/Berlin"));
    expect(times(ticks)).toEqual(["22:00:00", "23:00:00", "23:00:00"]);
  });

  it("goes down to milliseconds", () => {
    const view = span("2026-11-12T14:00:00Z", "2026-11-12T14:00:00.020000Z");
    const { unit, ticks } = makeTicks(view, 800, offsetOf("UTC"));
    expect(unit).toBe("millisecond");
    expect(ticks.length).toBeGreaterThan(5);
  });
});
