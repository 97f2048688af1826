import { describe, expect, it } from "vitest";
import { chipsOf, readFilters, toggled, toQuery, withoutChip, writeFilters } from "./filters";

const NOW = Date.parse("2026-11-20T15:30:00Z");

describe("filters of the incident list", () => {
  it("live in the address and come back from it", () => {
    const search = {
      q: "锁",
      severity: "sev1,sev2",
      service: "orders,edge",
      period: "30d",
    };
    expect(writeFilters(readFilters(search))).toEqual(search);
    expect(writeFilters(readFilters({}))).toEqual({});
  });

  it("ignore what is not a filter", () => {
    const filters = readFilters({
      severity: "sev9,sev1,sev1",
      status: "burning",
      period: "1y",
    });
    expect(filters).toMatchObject({ severity: ["sev1"], status: [], period: undefined });
  });

  it("are chips that can be taken away one by one", () => {
    let filters = readFilters({
      q: "lock",
      severity: "sev1,sev3",
      status: "resolved",
      service: "edge",
      period: "7d",
    });
    const chips = chipsOf(filters);
    expect(chips.map((chip) => chip.value)).toEqual(["lock", "sev1", "sev3", "resolved", "edge", "7d"]);
    for (const chip of chips) filters = withoutChip(filters, chip);
    expect(writeFilters(filters)).toEqual({});
  });

  it("ask the server for a period from a whole day", () => {
    expect(toQuery(readFilters({ period: "7d", status: "resolved", q: "  " }), NOW)).toEqual({
      status: "resolved",
      from: "2026-11-13T00:00:00.000Z",
    });
  });

  it("toggle", () => {
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  });
});
