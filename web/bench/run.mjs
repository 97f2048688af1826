// npm run bench [-- --sizes 100000,1000000] [--frames 120] [--shot FILE.png]: first drawing and frame times of the
// timeline in headless Chromium without a graphics card. Prints one JSON line for each size; exits 1 above the goals.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { build, preview } from "vite";

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const FIRST_MS = 300;
const FRAME_MS = 16.7;
const frames = Number(option("frames", "120"));
const root = resolve(import.meta.dirname, "..");
const out = mkdtempSync(join(tmpdir(), "fupan-bench-"));

await build({
  root,
  logLevel: "error",
  build: { outDir: out, emptyOutDir: true, rollupOptions: { input: join(root, "bench/index.html") } },
});
const server = await preview({
  root,
  logLevel: "error",
  preview: { port: 0, host: "127.0.0.1" },
  build: { outDir: out },
});
const page_url = `${server.resolvedUrls.local[0]}bench/index.html`;

/** Points over a day with a burst in the middle, the same ones in every run. */
function makeEvents(count) {
  let seed = 12345;
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const start = Date.UTC(2026, 10, 22);
  const day = 864e5;
  return Array.from({ length: count }, (_, id) => {
    const burst = random() < 0.6;
    const t = Math.floor(
      burst ? start + day / 2 + (random() + random() + random() - 1.5) * 36e5 : start + random() * day,
    );
    return { id, t, end: null, lane: Math.floor(random() * 6), text: `event ${id}: container restarted` };
  });
}

/** Runs in the page: moves the window once a frame and gives the times between frames. */
async function drive({ mode, frames }) {
  const start = Date.UTC(2026, 10, 22);
  const day = 864e5;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const times = [];
  let before = await frame();
  for (let index = 0; index < frames; index++) {
    const share = index / frames;
    const length = mode === "pan" ? day / 6 : day / 2 ** (9 * (share < 0.5 ? 2 * share : 2 - 2 * share));
    const from = mode === "pan" ? start + (day - length) * share : start + day / 2 - length / 2;
    window.shown.setWindow(from, from + length);
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  times.sort((one, other) => one - other);
  const at = (share) =>
    Number(times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(1));
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

let failed = false;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const count of option("sizes", "100000").split(",").map(Number)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(page_url);
  await page.waitForFunction(() => window.bench !== undefined);
  await page.evaluate(`window.events = (${makeEvents})(${count})`);
  const first_ms = await page.evaluate(async () => {
    const settled = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    const began = performance.now();
    window.shown = await window.bench.load(document.getElementById("c"), window.events);
    await settled();
    await settled();
    return Number((performance.now() - began).toFixed(1));
  });
  await page.waitForTimeout(500);
  const pan = await page.evaluate(drive, { mode: "pan", frames });
  const zoom = await page.evaluate(drive, { mode: "zoom", frames });
  const shot = option("shot");
  if (shot) await page.screenshot({ path: shot });
  await page.close();
  console.log(JSON.stringify({ events: count, first_ms, pan, zoom }));
  if (count <= 100_000)
    failed ||= first_ms > FIRST_MS || pan.p95 > FRAME_MS + 0.1 || zoom.p95 > FRAME_MS + 0.1;
}
await browser.close();
await server.close();
rmSync(out, { recursive: true, force: true });
if (failed) {
  console.error(`above a goal: first drawing ${FIRST_MS} ms, 95th percentile of frames ${FRAME_MS} ms`);
  process.exit(1);
}
process.exit(0);
