import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACTIONS } from "./audit-actions";
import { rolesUpTo, toRole } from "./roles";
import { toTokenDraft } from "./token-draft";

describe("roles", () => {
  it("are given away up to one's own", () => {
    expect(rolesUpTo("commenter")).toEqual(["viewer", "commenter"]);
    expect(rolesUpTo("admin")).toHaveLength(4);
    expect(toRole("owner", "viewer")).toBe("viewer");
  });
});

describe("a new token", () => {
  const form = { name: " CI ", role: "editor" as const, incidentIds: [], lifetime: "30" as const };
  const now = Date.parse("2026-11-20T10:00:00Z");

  it("expires after its days and is not restricted unless incidents are chosen", () => {
    expect(toTokenDraft(form, now)).toEqual({
      name: "CI",
      role: "editor",
      expires_at: "2026-12-20T10:00:00.000Z",
    });
    expect(toTokenDraft({ ...form, lifetime: "never", incidentIds: ["inc_1"] }, now)).toEqual({
      name: "CI",
      role: "editor",
      incident_ids: ["inc_1"],
    });
  });

  it("needs a name", () => {
    expect(toTokenDraft({ ...form, name: " " }, now)).toBeUndefined();
  });
});

describe("the audit log", () => {
  it("has words for every operation that changes something", () => {
    const text = readFileSync(new URL("../../../../docs/openapi.json", import.meta.url), "utf8");
    const paths: Record<string, Record<string, { operationId?: string }>> = JSON.parse(text).paths;
    const changing = Object.values(paths).flatMap((methods) =>
      Object.entries(methods).flatMap(([method, { operationId }]) =>
        method === "get" || !operationId ? [] : [operationId],
      ),
    );
    expect([...ACTIONS].sort()).toEqual(changing.sort());
  });
});
