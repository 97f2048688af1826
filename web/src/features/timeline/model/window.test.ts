import { describe, expect, it } from "vitest";
import { formatInstant, parseInstant } from "../../../lib/time";
import { boundsOf, homeOf, phasesOf } from "./window";

const at = (clock: string) => `2026-11-12T${clock}.000000Z`;
const incident = {
  window: { start: at("13:45:00"), end: at("14:45:00") },
  started_at: at("14:04:50"),
  detected_at: at("14:11:00"),
  mitigated_at: at("14:25:40"),
  resolved_at: at("14:38:00"),
  created_at: at("14:12:00"),
};
const bare = {
  ...incident,
  window: null,
  started_at: null,
  detected_at: null,
  mitigated_at: null,
  resolved_at: null,
};

describe("how far one can look", () => {
  it("takes in the capture, the clocks and every event", () => {
    const late = parseInstant(at("16:00:00"));
    const bounds = boundsOf(incident, { start: parseInstant(at("14:00:00")), end: late });
    expect(bounds.start).toBeLessThan(parseInstant(at("13:45:00")));
    expect(bounds.end).toBeGreaterThan(late);
  });

  it("is an hour around a single moment", () => {
    const bounds = boundsOf(bare, null);
    expect(formatInstant(bounds.start).slice(11, 16)).toBe("13:42");
    expect(homeOf(bare, bounds)).toBe(bounds);
  });

  it("begins where the damage was", () => {
    const bounds = boundsOf(incident, null);
    const home = homeOf(incident, bounds);
    expect(formatInstant(home.start).slice(11, 16)).toBe("14:00");
    expect(formatInstant(home.end).slice(11, 16)).toBe("14:30");
  });
});

describe("phases", () => {
  it("lie between the clocks that are set", () => {
    expect(phasesOf(incident).map(({ name }) => name)).toEqual(["unnoticed", "response", "recovery"]);
    expect(phasesOf({ ...incident, mitigated_at: null }).map(({ name }) => name)).toEqual([
      "unnoticed",
      "response",
    ]);
    expect(phasesOf(bare)).toEqual([]);
  });
});
