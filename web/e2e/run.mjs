// All browser tests against one demo. With FUPAN_URL and FUPAN_LINK (a fresh one-time link) against that server,
// otherwise FUPAN_BIN is started. Names given on the command line choose test files.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { examplesAnalysed, LAUNCH } from "./browser.mjs";
import { startServer } from "./server.mjs";

const here = import.meta.dirname;
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter(
    (name) =>
      name.endsWith(".test.mjs") && (wanted.length === 0 || wanted.some((part) => name.includes(part))),
  )
  .sort()
  .map((name) => join(here, name));

const given = process.env.FUPAN_URL && process.env.FUPAN_LINK;
const server = given
  ? { url: process.env.FUPAN_URL, link: process.env.FUPAN_LINK, stop: async () => undefined }
  : await startServer();
const kept = mkdtempSync(join(tmpdir(), "fupan-e2e-state-"));
const state = join(kept, "session.json");
try {
  await signInOnce(server.link, state);
  process.exitCode = await test({ FUPAN_URL: server.url, FUPAN_STATE: state });
} finally {
  await server.stop();
  rmSync(kept, { recursive: true, force: true });
}

/** The link works once, so all tests share the session that it gives. They begin when the examples are analysed. */
async function signInOnce(link, path) {
  const browser = await chromium.launch(LAUNCH);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.waitForURL(/\/incidents$/);
  await examplesAnalysed(page);
  await context.storageState({ path });
  await browser.close();
}

function test(environment) {
  const child = spawn(
    process.execPath,
    ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files],
    {
      env: { ...process.env, ...environment },
      stdio: "inherit",
    },
  );
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
