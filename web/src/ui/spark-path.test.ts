import { expect, it } from "vitest";
import { areaPath, linePath } from "./spark-path";

it("a spark runs from edge to edge and stays inside", () => {
  expect(linePath([0, 1, 2], 10, 20)).toBe("M0 17L5 3L10 3");
  expect(areaPath([0, 1], 10, 20)).toBe("M0 17L10 3L10 20L0 20Z");
});

it("nothing is drawn of nothing", () => {
  expect(linePath([], 10, 20)).toBe("");
  expect(areaPath([], 10, 20)).toBe("");
  expect(linePath([0.5], 10, 20)).toBe("M0 10");
});
