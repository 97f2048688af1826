import { expect, test } from "vitest";
import { readingOrder } from "./reading-order";

const read = (...columns: string[]) => readingOrder(columns).map((place) => columns[place]);

test("a table is read from when and where to what, attributes last", () => {
  expect(read("actor", "attributes", "kind", "service", "time", "title", "type")).toEqual([
    "time",
    "service",
    "kind",
    "type",
    "title",
    "actor",
    "attributes",
  ]);
});

test("columns that nobody knows stay in their order", () => {
  expect(read("value", "zone", "metric", "rack")).toEqual(["metric", "value", "zone", "rack"]);
});
