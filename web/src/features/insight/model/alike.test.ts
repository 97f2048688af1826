import { describe, expect, it } from "vitest";
import { alike } from "./alike";

const occurred_at = "2026-11-23T07:14:05Z";
const killed = (process: number, service = "recommendations", at = occurred_at) => ({
  occurred_at: at,
  kind: "system_event" as const,
  service,
  title: `kernel: Killed process ${process} (node) total-vm:${process * 97}kB`,
});
const rose = (title: string) => ({ occurred_at, kind: "metric" as const, service: "catalog", title });

describe("events alike", () => {
  it("fold when only numbers and ids of a program's line differ", () => {
    expect(alike([killed(10033), killed(12183), killed(9)])).toHaveLength(1);
  });

  it("keep the order of the first of each", () => {
    const deploy = {
      occurred_at,
      kind: "user_action" as const,
      service: "recommendations",
      title: "deploy 2.7.0",
    };
    expect(alike([killed(1), deploy, killed(2)])).toEqual([[killed(1), killed(2)], [deploy]]);
  });

  it("stand in order of time, with the first in sight", () => {
    const [late, early] = [killed(1), killed(2, "recommendations", "2026-11-23T07:10:00Z")];
    expect(alike([late, early])).toEqual([[early, late]]);
  });

  it("stay apart when they are of two services", () => {
    expect(alike([killed(1, "cart"), killed(2, "orders")])).toHaveLength(2);
  });

  it("stay apart when a measured figure differs", () => {
    expect(alike([rose("p99 115 → 156 ms"), rose("p99 115 → 304 ms")])).toHaveLength(2);
    expect(alike([rose("p99 115 → 156 ms"), rose("p99 115 → 156 ms")])).toHaveLength(1);
  });
});
