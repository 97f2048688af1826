import { describe, expect, it } from "vitest";
import { formatInstant, parseInstant } from "../../../lib/time";
import { boundsOf, homeOf, phasesOf } from "./window";

const at = (clock: string) => `2026-11-12T${clock}.000000Z`;
const incident = {
  status: "resolved" as const,
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

describe("an incident that goes on", () => {
  const running = { ...incident, status: "investigating" as const, mitigated_at: null, resolved_at: null };
  const now = parseInstant(at("14:59:30"));

  it("is shown up to now, with the phase it is in", () => {
    const bounds = boundsOf(running, null, now);
    expect(bounds.end).toBeGreaterThan(now);
    expect(homeOf(running, bounds, now).end).toBeGreaterThan(now);
    expect(phasesOf(running, now).map(({ name, open }) => [name, open])).toEqual([
      ["unnoticed", false],
      ["response", true],
    ]);
  });

  it("and was forgotten open ends with what is known", () => {
    const months = now + 90 * 86_400_000_000;
    expect(boundsOf(running, null, months).end).toBeLessThan(now);
    expect(phasesOf(running, months).map(({ name }) => name)).toEqual(["unnoticed"]);
  });
});

describe("an incident of seconds", () => {
  const short = {
    ...incident,
    window: null,
    started_at: at("14:00:00"),
    detected_at: at("14:00:03"),
    mitigated_at: at("14:00:09"),
    resolved_at: at("14:00:12"),
  };

  it("fills the board, its end in sight", () => {
    const bounds = boundsOf(short, null);
    expect(bounds.end - bounds.start).toBeLessThan(60_000_000);
    expect(homeOf(short, bounds).end).toBeGreaterThan(parseInstant(at("14:00:12")));
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
