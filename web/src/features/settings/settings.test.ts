import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACTIONS } from "./audit-actions";
import { browserOf } from "./browser-of";
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

describe("a browser", () => {
  const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36";
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`, "Chrome", "Windows"],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/148.0.0.0`, "Edge", "Windows"],
    [`Mozilla/5.0 (X11; Linux x86_64) ${chrome.replace("Chrome", "HeadlessChrome")}`, "Chromium", "Linux"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
      "Safari",
      "macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50",
      "WeChat",
      "iPhone",
    ],
    [
      `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome.replace(" Safari", " Mobile Safari")}`,
      "Chrome",
      "Android",
    ],
    ["curl/8.5.0", undefined, undefined],
    ["", undefined, undefined],
  ])("is known by its name: %s", (userAgent, browser, system) => {
    expect(browserOf(userAgent)).toEqual(browser ? { browser, system } : {});
  });
});
