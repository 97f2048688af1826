import { describe, expect, it } from "vitest";
import { parseInstant } from "../../lib/time";
import { type DeclareForm, toDraft } from "./declare-draft";

const now = parseInstant("2026-11-20T10:00:00Z");
const form: DeclareForm = {
  title: " Checkout fails ",
  severity: "sev2",
  services: ["orders"],
  startedAt: "2026-11-20 17:40",
  visibility: "public",
};

describe("declaring an incident", () => {
  it("takes the start from the clock of the reader", () => {
    expect(toDraft(form, "Asia/Shanghai", now)).toEqual({
      title: "Checkout fails",
      severity: "sev2",
      status: "investigating",
      services: ["orders"],
      visibility: "public",
      started_at: "2026-11-20T09:40:00.000000Z",
    });
  });

  it("needs no start", () => {
    expect(toDraft({ ...form, startedAt: "" }, "UTC", now)).not.toHaveProperty("started_at");
  });

  it("names the field that has to change", () => {
    expect(toDraft({ ...form, title: "  " }, "UTC", now)).toBe("title");
    expect(toDraft({ ...form, title: "x".repeat(301) }, "UTC", now)).toBe("title");
    expect(toDraft({ ...form, startedAt: "just now" }, "UTC", now)).toBe("startedAt");
    expect(toDraft({ ...form, startedAt: "2027-01-01 00:00" }, "UTC", now)).toBe("startedAt");
  });
});
