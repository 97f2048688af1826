import { describe, expect, it } from "vitest";
import { gapBefore } from "./clocks";

const clocks = {
  started_at: "2026-11-12T14:04:50.000000Z",
  detected_at: "2026-11-12T14:11:00.000000Z",
  mitigated_at: "2026-11-12T14:25:40.000000Z",
  resolved_at: "2026-11-12T14:38:00.000000Z",
};

describe("the stretch between two clocks", () => {
  it("has a name and a length, and is red while users suffer", () => {
    expect(gapBefore(clocks, "started_at")).toBeNull();
    expect(gapBefore(clocks, "detected_at")).toEqual({ name: "detect", length: 370_000_000, hot: true });
    expect(gapBefore(clocks, "mitigated_at")).toMatchObject({ name: "mitigate", hot: true });
    expect(gapBefore(clocks, "resolved_at")).toMatchObject({ name: "resolve", hot: false });
  });

  it("reaches back over a clock that is not set, and stays red then", () => {
    const open = { ...clocks, mitigated_at: null };
    expect(gapBefore(open, "resolved_at")).toEqual({ name: "resolve", length: 1_620_000_000, hot: true });
  });

  it("says nothing of clocks that run backwards or stand alone", () => {
    expect(gapBefore({ ...clocks, detected_at: "2026-11-12T13:00:00.000000Z" }, "detected_at")).toBeNull();
    expect(gapBefore({ ...clocks, started_at: null }, "detected_at")).toBeNull();
  });
});
