// Pictures for the README, taken from a real demo into docs/screenshots: the list, an incident with the first alert
// selected, its insight, and its story on a phone; in both languages, each with an example that speaks it, and both
// themes. With FUPAN_URL and FUPAN_LINK from that server, otherwise FUPAN_BIN is started.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { DESK, examplesAnalysed, LAUNCH, PHONE, settled } from "./browser.mjs";
import { startServer } from "./server.mjs";

const folder = resolve(import.meta.dirname, "../../docs/screenshots");
const HAN = /\p{Script=Han}/u;
const LANGUAGES = [
  { short: "en", locale: "en", timezoneId: "UTC", speaks: (title) => !HAN.test(title) },
  { short: "zh", locale: "zh-CN", timezoneId: "Asia/Shanghai", speaks: (title) => HAN.test(title) },
];
const THEMES = ["light", "dark"];

const given = process.env.FUPAN_URL && process.env.FUPAN_LINK;
const server = given
  ? { url: process.env.FUPAN_URL, link: process.env.FUPAN_LINK, stop: async () => undefined }
  : await startServer();
const browser = await chromium.launch(LAUNCH);
try {
  mkdirSync(folder, { recursive: true });
  const storageState = await signedIn();
  for (const language of LANGUAGES)
    for (const colorScheme of THEMES)
      for (const phone of [false, true]) {
        const context = await browser.newContext({
          baseURL: server.url,
          viewport: phone ? PHONE : DESK,
          hasTouch: phone,
          isMobile: phone,
          deviceScaleFactor: 2,
          locale: language.locale,
          timezoneId: language.timezoneId,
          colorScheme,
          // Glows stand still, so that a picture differs only where the product does.
          reducedMotion: "reduce",
          storageState,
        });
        const page = await context.newPage();
        const shoot = (name) => take(page, `${name}.${language.short}.${colorScheme}`);
        await (phone ? takePhone : takeDesk)(page, await example(page, language), shoot);
        await context.close();
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
  await examplesAnalysed(page);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function get(page, path) {
  const answer = await page.request.get(`/api/v1${path}`);
  if (!answer.ok()) throw new Error(`GET ${path}: ${answer.status()}`);
  return answer.json();
}

/** The worst example whose title is in the language, and the first alert of its story. */
async function example(page, { speaks }) {
  const { items } = await get(page, "/incidents?limit=50");
  const [worst] = items
    .filter(({ example, title }) => example && speaks(title))
    .sort((one, other) => one.severity.localeCompare(other.severity) || one.number - other.number);
  if (!worst) throw new Error("no example incident speaks this language");
  const { items: story } = await get(page, `/incidents/${worst.id}/timeline?key=true&limit=100`);
  const alert = story.find(({ type }) => type === "alert");
  return { path: `/incidents/${worst.id}`, event: (alert ?? story[0]).id };
}

async function takeDesk(page, { path, event }, shoot) {
  await page.goto("/incidents");
  await page.locator("[data-incident]").nth(3).waitFor();
  await shoot("incidents");
  const arrived = (part) => page.waitForResponse((answer) => answer.url().includes(part) && answer.ok());
  await Promise.all([arrived("/timeline?"), arrived("&points="), page.goto(`${path}?event=${event}`)]);
  await page.locator(`button[data-event="${event}"]`).waitFor();
  await page.getByRole("complementary").locator("li li").first().waitFor();
  await shoot("incident");
  await page.goto(`${path}?tab=insight`);
  await page.locator("article h3").first().waitFor();
  await page.locator("section button svg[role=img] path[data-kind]").first().waitFor();
  await shoot("insight");
}

async function takePhone(page, { path }, shoot) {
  await page.goto(path);
  await page.locator("ol[aria-label] > li time").nth(3).waitFor();
  await page.locator("svg[role=img] path[data-kind]").first().waitFor();
  await shoot("phone");
}

async function take(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => !document.querySelector("[role=status]"));
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
