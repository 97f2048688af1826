// Pictures for the README, taken from a real demo: the incident list and an incident page, in both languages and
// themes, into docs/screenshots. With FUPAN_URL and FUPAN_LINK from that server, otherwise FUPAN_BIN is started.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { LAUNCH } from "./browser.mjs";
import { startServer } from "./server.mjs";

const folder = resolve(import.meta.dirname, "../../docs/screenshots");
const SIZE = { width: 1440, height: 900 };
const LANGUAGES = { en: "en", zh: "zh-CN" };
const THEMES = ["light", "dark"];

const given = process.env.FUPAN_URL && process.env.FUPAN_LINK;
const server = given
  ? { url: process.env.FUPAN_URL, link: process.env.FUPAN_LINK, stop: async () => undefined }
  : await startServer();
const browser = await chromium.launch(LAUNCH);
try {
  mkdirSync(folder, { recursive: true });
  const storageState = await signedIn();
  for (const [short, locale] of Object.entries(LANGUAGES)) {
    for (const colorScheme of THEMES) {
      const options = {
        baseURL: server.url,
        viewport: SIZE,
        deviceScaleFactor: 2,
        locale,
        colorScheme,
        timezoneId: "UTC",
      };
      const context = await browser.newContext({ ...options, storageState });
      await take(await context.newPage(), `${short}.${colorScheme}`);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}

async function signedIn() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.link);
  await page.waitForURL(/\/incidents$/);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** The list, then the worst example of it. */
async function take(page, suffix) {
  await page.goto("/incidents");
  const rows = page.locator("[data-incident]");
  await rows.nth(3).waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `incidents.${suffix}.png`) });
  const worst = rows.filter({ hasText: "SEV1" }).first();
  const arrived = (part) => page.waitForResponse((answer) => answer.url().includes(part) && answer.ok());
  await Promise.all([
    arrived("/timeline?"),
    arrived("/series?"),
    ((await worst.count()) > 0 ? worst : rows.first()).click(),
  ]);
  await page.locator("canvas").first().waitFor();
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.screenshot({ path: join(folder, `incident.${suffix}.png`) });
}
