// Incidents of unusual shape, made through the HTTP interface: very long, very short, running, crowded, empty.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, assertNoSideScroll, closeBrowser, PHONE, visit } from "./browser.mjs";

after(closeBrowser);
const START = Date.UTC(2026, 9, 20, 6);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const iso = (at) => new Date(at).toISOString();
const ended = (length) => ({
  status: "resolved",
  started_at: iso(START),
  detected_at: iso(START + length / 4),
  mitigated_at: iso(START + length * 0.75),
  resolved_at: iso(START + length),
});

async function post(page, path, data) {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`/api/v1${path}`, { headers: { Origin: origin }, data });
  assert.equal(answer.status(), 201, await answer.text());
  return answer.json();
}

async function declare(page, incident, events = []) {
  const { id } = await post(page, "/incidents", { severity: "sev3", ...incident });
  for (let at = 0; at < events.length; at += 500)
    await post(page, `/incidents/${id}/events/batch`, { events: events.slice(at, at + 500) });
  await page.goto(`/incidents/${id}`);
  await page.getByRole("heading", { level: 1, name: incident.title }).waitFor();
  return id;
}

const board = (page) => page.locator("[data-part=plot]");
const phase = (page, name) => page.locator("[data-part=phases]").getByText(name, { exact: true });

test("an incident of twelve seconds fills the board, to its end", async () => {
  await visit("/incidents", {}, async (page) => {
    const events = [0, 4, 11].map((second) => ({
      title: `step ${second}`,
      occurred_at: iso(START + second * SECOND),
    }));
    await declare(page, { title: "Twelve seconds", ...ended(12 * SECOND) }, events);
    await page.locator("button[data-event]").filter({ hasText: "step 11" }).waitFor();
    await phase(page, "Recovery").waitFor();
    const length = await page.getByTitle("Length of the view").textContent();
    assert.match(length, /^(1\d|2\d)s$/, `${length} are shown of twelve seconds`);
  });
});

test("an incident that goes on is shown up to now", async () => {
  await visit("/incidents", {}, async (page) => {
    const now = Date.now();
    const clocks = { started_at: iso(now - 28 * MINUTE), detected_at: iso(now - 20 * MINUTE) };
    const events = [29, 15, 2].map((before) => ({
      title: `seen ${before} minutes ago`,
      occurred_at: iso(now - before * MINUTE),
    }));
    await declare(page, { title: "Still burning", status: "investigating", ...clocks }, events);
    await page.locator("button[data-event]").filter({ hasText: "seen 2 minutes ago" }).waitFor();
    await phase(page, "Response").waitFor();
    await page.getByText("goes on", { exact: true }).waitFor();
  });
});

test("a story of nine days says which day it is, on a phone", async () => {
  await visit("/incidents", { size: PHONE }, async (page) => {
    const events = Array.from({ length: 9 }, (_, day) => ({
      title: `day ${day}`,
      occurred_at: iso(START + day * DAY),
    }));
    await declare(page, { title: "Nine days", ...ended(9 * DAY) }, events);
    const story = page.getByRole("list", { name: "The story, in order of time" });
    await story.getByText("20 Oct", { exact: true }).waitFor();
    await story.getByText("28 Oct", { exact: true }).waitFor();
    await assertNoSideScroll(page, "nine days");
  });
});

test("lanes with long names can be told apart, and nothing is pushed off the page", async () => {
  const services = Array.from({ length: 40 }, (_, index) =>
    index % 4 === 0
      ? `华东二区商品详情聚合网关与会员权益服务-${index}`
      : `extremely-long-service-name-for-checkout-eu-central-1-replica-${index}`,
  );
  const events = services.flatMap((service, index) =>
    [0, 1].map((turn) => ({
      title: turn ? `服务 ${service} 的错误率从 0.3% 升到 31%，持续到回滚为止` : `Deployment of ${service}`,
      kind: turn ? "metric" : "system_event",
      occurred_at: iso(START + index * 40 * SECOND + turn * 5 * MINUTE),
      service,
      key: true,
    })),
  );
  const title = `Forty services: ${"every availability zone is down ".repeat(5)}`.trim().slice(0, 200);
  for (const options of [{}, { size: PHONE, language: "zh-CN" }]) {
    await visit("/incidents", options, async (page) => {
      await declare(page, { title, services, ...ended(40 * MINUTE) }, events);
      await page.locator("[data-event], ol[aria-label] > li time").first().waitFor();
      await assertNoSideScroll(page, "forty services");
      await assertAccessible(page, "forty services");
      if (options.size) return;
      const impact = await page.getByText("Not described").boundingBox();
      assert.ok(impact.x + impact.width <= 1440, "the impact is on the page");
      const names = page.locator("[data-part=scroller] button[aria-expanded]");
      const ends = await names.evaluateAll((buttons) =>
        buttons.map((button) => {
          const tail = [...button.querySelectorAll("span[aria-hidden]")].at(-1);
          const box = tail?.getBoundingClientRect();
          const room = button.getBoundingClientRect();
          return { text: tail?.textContent, isInside: !!box && box.right <= room.right && box.width > 0 };
        }),
      );
      assert.ok(ends.length > 20, `${ends.length} lanes`);
      assert.ok(ends.every(({ isInside }) => isInside));
      assert.equal(new Set(ends.map(({ text }) => text)).size, ends.length);
    });
  }
});

test("thousands of events in one minute are drawn, the key ones with their names", async () => {
  await visit("/incidents", {}, async (page) => {
    const events = Array.from({ length: 3000 }, (_, index) => ({
      title: `burst ${index}`,
      kind: "log",
      service: ["edge", "orders"][index % 2],
      occurred_at: iso(START + index * 20),
      key: index % 500 === 0,
    }));
    let asked = 0;
    page.on("request", () => {
      asked += 1;
    });
    await declare(page, { title: "A burst", ...ended(MINUTE) }, events);
    for (const index of [0, 500, 1500, 2500])
      await board(page)
        .locator("button[data-event]")
        .filter({ hasText: `burst ${index}` })
        .first()
        .waitFor();
    assert.ok(asked < 300, `${asked} requests: a flood of changes is told in heaps`);
  });
});

test("without anything on it, the timeline says how to fill it", async () => {
  for (const size of [undefined, PHONE]) {
    await visit("/incidents", { ...(size ? { size } : {}) }, async (page) => {
      await declare(page, { title: "Nothing is known yet", status: "investigating" });
      await page.getByRole("heading", { name: "Nothing on the timeline yet" }).waitFor();
      await assertAccessible(page, "an empty timeline");
      for (const tab of ["Insight", "Evidence"]) {
        await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
        await page
          .getByRole("tabpanel")
          .or(page.locator("article"))
          .getByRole("heading", { level: 2 })
          .first()
          .waitFor();
        await assertAccessible(page, `${tab} without a capture`);
      }
    });
  }
});

test("an incident that is not there says so, and offers the list", async () => {
  await visit("/incidents/inc_01m83tmbtxeayvc64n43tczzzz", { allowed: /404/ }, async (page) => {
    await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
    await page.getByRole("link", { name: "Go to incidents" }).click();
    await page.waitForURL(/\/incidents$/);
  });
});
