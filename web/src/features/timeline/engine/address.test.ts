import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../lib/time";
import { type AddressState, EMPTY_ADDRESS, readAddress, writeAddress } from "./address";

const full: AddressState = {
  view: { start: parseInstant("2026-11-12T14:00:00Z"), end: parseInstant("2026-11-12T14:30:00.250000Z") },
  grouping: "kind",
  hiddenKinds: ["log", "note"],
  services: ["orders-db", "a,b"],
  q: "lock & wait",
  zone: "utc",
  selected: "evt_1",
  strips: ["ser_1", "ser_2"],
  range: { start: parseInstant("2026-11-12T14:05:00Z"), end: parseInstant("2026-11-12T14:06:00Z") },
  twin: "list",
};

describe("the address", () => {
  it("carries the whole view both ways", () => {
    expect(readAddress(writeAddress(full))).toEqual(full);
    expect(writeAddress(full)).toMatchObject({
      from: "2026-11-12T14:00:00Z",
      to: "2026-11-12T14:30:00.25Z",
      kinds: "metric,trace,user_action,system_event",
    });
  });

  it("is empty while nothing was chosen", () => {
    expect(Object.values(writeAddress(EMPTY_ADDRESS)).filter((value) => value !== undefined)).toEqual([]);
    expect(readAddress({})).toEqual(EMPTY_ADDRESS);
  });

  it("tells no kind and no curve from nothing chosen", () => {
    const none = {
      ...EMPTY_ADDRESS,
      strips: [],
      hiddenKinds: [...readAddress({ kinds: "none" }).hiddenKinds],
    };
    expect(none.hiddenKinds).toHaveLength(6);
    expect(readAddress(writeAddress(none))).toEqual(none);
  });

  it("survives what others write into it", () => {
    const read = readAddress({
      from: "soon",
      to: "later",
      range: "x..y",
      services: "%E0%A4%A",
      view: "cube",
      lanes: "7",
    });
    expect(read).toEqual({ ...EMPTY_ADDRESS, services: ["%E0%A4%A"] });
    expect(readAddress({ from: "2026-11-12T15:00:00Z", to: "2026-11-12T14:00:00Z" }).view).toBeNull();
  });
});
