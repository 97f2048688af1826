import { describe, expect, it } from "vitest";
import { orderOfTime } from "./sorting";

describe("places in order of time", () => {
  it("are those that comparing would give, over days and with ties", () => {
    const start = Date.UTC(2026, 10, 22) * 1000;
    const at = Float64Array.from(
      { length: 3000 },
      (_, index) => start + ((index * 48_271) % 1009) * 300_000_000,
    );
    const compared = [...at.keys()].sort((one, other) => (at[one] ?? 0) - (at[other] ?? 0) || one - other);
    expect([...(orderOfTime(at) ?? [])]).toEqual(compared);
  });

  it("need no list when they stand in order", () => {
    expect(orderOfTime(Float64Array.from([1, 2, 2, 9]))).toBeNull();
    expect(orderOfTime(new Float64Array(0))).toBeNull();
  });
});
