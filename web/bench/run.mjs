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

/**
 * Runs in the page: moves the window once a frame. Gives the times between frames, which the screen's own rhythm
 * rounds, and what the work of each cost the page's thread: the script, and with style, layout and painting.
 */
async function drive({ mode, frames }) {
  const start = Date.UTC(2026, 10, 22);
  const day = 864e5;
  const afterPainting = new MessageChannel();
  afterPainting.port1.start();
  const painted = () =>
    new Promise((done) => {
      afterPainting.port1.onmessage = () => done(performance.now());
      afterPainting.port2.postMessage(null);
    });
  const intervals = [];
  const script = [];
  const work = [];
  let before = await new Promise(requestAnimationFrame);
  for (let index = 0; index < frames; index++) {
    const share = index / frames;
    const length = mode === "pan" ? day / 6 : day / 2 ** (9 * (share < 0.5 ? 2 * share : 2 - 2 * share));
    const from = mode === "pan" ? start + (day - length) * share : start + day / 2 - length / 2;
    let began = 0;
    // Asked for before the window moves, so it runs before the board draws; the other one after it.
    requestAnimationFrame(() => {
      began = performance.now();
    });
    window.shown.setWindow(from, from + length);
    const [now, drawn, done] = await new Promise((resolve) =>
      requestAnimationFrame((now) => {
        const drawn = performance.now();
        void painted().then((done) => resolve([now, drawn, done]));
      }),
    );
    intervals.push(now - before);
    script.push(drawn - began);
    work.push(done - began);
    before = now;
  }
  const of = (times) => {
    const sorted = times.toSorted((one, other) => one - other);
    const at = (share) =>
      Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1));
    return { p50: at(0.5), p95: at(0.95), max: at(1) };
  };
  return { frame: of(intervals), script: of(script), work: of(work) };
}

/** What the thread of the page worked in each frame on the mean, in ms of its own processor time: other load adds none. */
async function costing(page, drive) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await read();
  const times = await drive();
  const after = await read();
  await session.detach();
  const each = (name) => Number((((after[name] - before[name]) * 1000) / frames).toFixed(2));
  const cpu = {
    script: each("ScriptDuration"),
    style: each("RecalcStyleDuration"),
    layout: each("LayoutDuration"),
    all: each("TaskDuration"),
  };
  return { ...times, cpu };
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
  const run = (mode) => costing(page, () => page.evaluate(drive, { mode, frames }));
  const pan = await run("pan");
  const zoom = await run("zoom");
  const shot = option("shot");
  if (shot) await page.screenshot({ path: shot });
  await page.close();
  console.log(JSON.stringify({ events: count, first_ms, pan, zoom }));
  if (count <= 100_000)
    failed ||= first_ms > FIRST_MS || pan.frame.p95 > FRAME_MS + 0.1 || zoom.frame.p95 > FRAME_MS + 0.1;
}
await browser.close();
await server.close();
rmSync(out, { recursive: true, force: true });
if (failed) {
  console.error(`above a goal: first drawing ${FIRST_MS} ms, 95th percentile of frames ${FRAME_MS} ms`);
  process.exit(1);
}
process.exit(0);
