import { expect, test } from "vitest";
import { sideOf } from "./out-of-sight";

const lane = { top: 500, height: 120 };

test("a lane is out of sight when its first name is", () => {
  expect(sideOf(lane, 0, 400)).toBe("below");
  expect(sideOf(lane, 0, 520)).toBe("below");
  expect(sideOf(lane, 0, 540)).toBeNull();
  expect(sideOf(lane, 500, 400)).toBeNull();
  expect(sideOf(lane, 560, 400)).toBe("above");
});
