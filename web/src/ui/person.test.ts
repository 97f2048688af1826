import { expect, it } from "vitest";
import { initial, personColour } from "./person";

it("a person keeps their colour, and six are in use", () => {
  expect(personColour("per_1")).toBe(personColour("per_1"));
  const used = new Set(Array.from({ length: 60 }, (_, index) => personColour(`per_${index}`)));
  expect([...used].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

it("an initial is one character of any script", () => {
  expect(initial(" mei")).toBe("M");
  expect(initial("王小明")).toBe("王");
  expect(initial("")).toBe("?");
});
