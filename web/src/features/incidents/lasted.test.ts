import { describe, expect, it } from "vitest";
import { parseInstant } from "../../lib/time";
import { lasted, phaseLengths, startOf } from "./lasted";

const none = { started_at: null, detected_at: null, mitigated_at: null, resolved_at: null };
const created_at = "2026-11-12T14:30:00.000000Z";
const now = parseInstant("2026-11-12T15:00:00Z");

describe("how long an incident lasted", () => {
  it("runs from its start to its end", () => {
    const incident = {
      ...none,
      created_at,
      status: "resolved" as const,
      started_at: "2026-11-12T14:04:50Z",
      resolved_at: "2026-11-12T14:38:00Z",
    };
    expect(lasted(incident, now)).toEqual({ micros: 1_990_000_000, running: false });
  });

  it("goes on while it is investigated", () => {
    const incident = {
      ...none,
      created_at,
      status: "investigating" as const,
      detected_at: "2026-11-12T14:50:00Z",
    };
    expect(startOf(incident)).toBe(incident.detected_at);
    expect(lasted(incident, now)).toEqual({ micros: 600_000_000, running: true });
  });

  it("is unknown when it is over and nobody said when", () => {
    expect(lasted({ ...none, created_at, status: "closed" }, now)).toBeUndefined();
  });

  it("tells each stretch whose two clocks are set, in order", () => {
    const clocks = {
      started_at: "2026-11-12T14:00:00Z",
      detected_at: "2026-11-12T14:02:00Z",
      mitigated_at: "2026-11-12T14:10:00Z",
      resolved_at: null,
    };
    const incident = { ...clocks, created_at, status: "mitigated" as const };
    expect(phaseLengths(incident)).toEqual([
      { name: "unnoticed", micros: 120_000_000 },
      { name: "response", micros: 480_000_000 },
    ]);
    expect(phaseLengths({ ...incident, detected_at: null })).toEqual([]);
    expect(phaseLengths({ ...incident, mitigated_at: null, resolved_at: "2026-11-12T14:10:00Z" })).toEqual([
      { name: "unnoticed", micros: 120_000_000 },
      { name: "response", micros: 480_000_000 },
    ]);
  });
});
