import { expect, test } from "vitest";
import { browserName } from "./browser-name";

test("a user agent is read as browser and system", () => {
  const of = (agent: string) => Object.values(browserName(agent) ?? {}).join(" on ");
  const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(of(`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/140.0.0.0 Safari/537.36`)).toBe(
    "Chrome on Linux",
  );
  expect(of(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`)).toBe(
    "Edge on Windows",
  );
  expect(
    of("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.5 Safari/605.1"),
  ).toBe("Safari on macOS");
  expect(
    of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1 Version/18.5 Safari/604.1"),
  ).toBe("Safari on iPhone");
  expect(of("Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0")).toBe(
    "Firefox on Android",
  );
  expect(browserName("curl/8.9.1")).toBeNull();
});
