// One browser for each test file; a fresh context, and checks that hold on every page, for each visit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
/** How long a step may take on a machine that is busy with other work too; one that passes takes a fraction of it. */
const PATIENCE_MS = 45_000;
/** All examples, one core, and everything else that a build machine does. */
const ANALYSED_MS = 180_000;
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;

/** For `after` of a test file. */
export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

/**
 * Opens a page and hands it to `visit`; fails when the page threw, broke the content security policy or logged an
 * error meanwhile. `signedIn: false` opens it as a stranger. `allowed` names console errors that are part of the test.
 */
export async function visit(path, options, look) {
  const { theme = "light", language = "en", size = DESK, signedIn = true, allowed = /$^/, url } = options;
  browser ??= await chromium.launch(LAUNCH);
  const phone = size.width < 500;
  const context = await browser.newContext({
    baseURL: url ?? process.env.FUPAN_URL,
    viewport: size,
    colorScheme: theme,
    locale: language,
    timezoneId: "Asia/Shanghai",
    hasTouch: phone,
    isMobile: phone,
    ...(signedIn ? { storageState: process.env.FUPAN_STATE } : {}),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`threw: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !allowed.test(message.text()))
      complaints.push(`logged: ${message.text()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`violates the content security policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  try {
    await page.goto(path);
    await look(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Waits on a page of the product, signed in, until a demo has analysed all of its examples. */
export async function examplesAnalysed(page) {
  await page.waitForFunction(
    async () => {
      const answer = await fetch("/api/v1/incidents?limit=50");
      const { items } = await answer.json();
      const examples = items.filter(({ example }) => example);
      return examples.length > 0 && examples.every(({ analysis_state }) => analysis_state === "done");
    },
    undefined,
    { timeout: ANALYSED_MS },
  );
}

/** Waits until colours and places are what they stay: a text halfway between two themes has neither's contrast. */
export async function settled(page) {
  await page.evaluate(async () => {
    const passing = (running) => Number.isFinite(running.effect?.getComputedTiming().endTime);
    // What a change of style starts is there after the next frame; what ends may start something else.
    for (;;) {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const running = document.getAnimations().filter((one) => one.playState === "running" && passing(one));
      if (running.length === 0) return;
      await Promise.allSettled(running.map((one) => one.finished));
    }
  });
}

/** No serious or critical finding of axe. */
export async function assertAccessible(page, what) {
  await settled(page);
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run());
  const bad = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  assert.deepEqual(bad, [], what);
}

export async function assertNoSideScroll(page, what) {
  const [content, width] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  assert.ok(content <= width, `${what} is ${content} px wide on a screen of ${width} px`);
}
