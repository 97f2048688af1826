import { expect, test } from "vitest";
import { dayNumber, isoOfDay, offsetOf } from "./texts";

test("the day of the axis is that of the shown clock", () => {
  const night = Date.UTC(2026, 10, 22, 18, 30) * 1000;
  const day = (zone: string) => isoOfDay(dayNumber(night, offsetOf(zone)));
  expect(day("UTC")).toBe("2026-11-22");
  expect(day("Asia/Shanghai")).toBe("2026-11-23");
  expect(day("America/New_York")).toBe("2026-11-22");
});
