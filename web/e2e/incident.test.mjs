// The incident page on the example incidents: drawer, list twin, forms, header, phone, insight, evidence.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, assertNoSideScroll, closeBrowser, PHONE, visit } from "./browser.mjs";
import { drawer, marks, open, settled } from "./incident-page.mjs";

after(closeBrowser);

test("a selected event shows its relations with reasons that add up", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.waitForURL(/event=evt_/);
    await page.keyboard.press("Enter");
    await drawer(page).getByRole("heading", { level: 2 }).waitFor();
    await drawer(page).getByText("Related events").waitFor();
    const weights = await drawer(page).locator("li li span:last-child").allTextContents();
    const sum = weights.map(Number).reduce((total, weight) => total + weight, 0);
    const score = Number(await drawer(page).locator("li [class*=score]").first().textContent());
    assert.ok(Math.abs(sum - score) < 0.04, `${weights} add up to ${score}`);
    await page.keyboard.press("Escape");
    await drawer(page).waitFor({ state: "detached" });
  });
});

test("an event that rests on rows of the capture opens them, and closing comes back to it", async () => {
  await visit("/incidents", {}, async (page) => {
    const incident = await open(page);
    const answer = await page.request.get(`/api/v1/incidents/${incident.id}/events?kinds=metric&limit=200`);
    const { items } = await answer.json();
    const { id } = items.find(({ provenance }) => provenance.rows);
    await page.goto(`/incidents/${incident.id}?event=${id}`);
    await drawer(page).getByRole("button", { name: "Open in capture" }).click();
    await page.getByRole("dialog").getByRole("table").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await drawer(page).getByRole("heading", { level: 2 }).waitFor();
  });
});

test("reasons speak the reader's language, without ids that only programs read", async () => {
  await visit("/incidents", { language: "zh-CN" }, async (page) => {
    await open(page);
    await page.locator("button[data-event]").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const reasons = page.getByRole("complementary", { name: "所选事件" }).locator("li li");
    await reasons.first().waitFor();
    for (const text of await reasons.allTextContents()) {
      assert.doesNotMatch(text, /finding=|anomaly|recovery|\d (min|s)\b(?!.*滞后)/);
      assert.match(text, /[\u4e00-\u9fff]/);
    }
  });
});

test("a person confirms a link and takes it back", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const confirm = drawer(page).getByRole("button", { name: "Confirm link" }).first();
    await confirm.click();
    await drawer(page)
      .getByText(/confirmed$/)
      .waitFor();
    await confirm.click();
    await drawer(page)
      .getByText(/confirmed$/)
      .waitFor({ state: "detached" });
  });
});

test("an event is added, edited, starred, deleted and brought back", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    // Other runs against the same server leave theirs.
    const first = `Someone looked at lock ${Date.now()}`;
    const second = `${first} and killed it`;
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill(first);
    await dialog.getByRole("button", { name: "Add event" }).click();
    await dialog.waitFor({ state: "detached" });
    const mark = marks(page).filter({ hasText: first });
    await mark.waitFor();
    await page.keyboard.press("Enter");
    await drawer(page).getByRole("heading", { name: first }).waitFor();

    await page.keyboard.press("e");
    await dialog.getByLabel("Title").fill(second);
    await dialog.getByRole("button", { name: "Save event" }).click();
    await drawer(page).getByRole("heading", { name: second }).waitFor();
    await page.keyboard.press("Shift+S");
    await drawer(page).getByRole("button", { name: "Take the star away" }).waitFor();
    await drawer(page).getByText("History").click();
    await drawer(page).getByText("Created").waitFor();

    await drawer(page).getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete event" }).click();
    const gone = marks(page).filter({ hasText: second });
    await gone.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await gone.waitFor();
  });
});

test("pasted lines become events after a preview", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: "Paste lines" }).click();
    await dialog
      .getByLabel("Lines that begin with a time")
      .fill("06:36 pasted one\n06:37 pasted two\nno time\n99:99 x");
    await dialog.getByRole("listitem").filter({ hasText: "pasted two no time" }).waitFor();
    await dialog.getByText("Line 4: not a time of day").waitFor();
    await dialog.getByRole("button", { name: "Add 2 events" }).click();
    await dialog.waitFor({ state: "detached" });
  });
});

test("the list twin has the same events and selection, and steps by keys", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page, "?view=list");
    const list = page.getByRole("listbox", { name: "Events in the view, in order of time" });
    await list.getByRole("option").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const selected = list.getByRole("option", { selected: true });
    await selected.waitFor();
    assert.equal(await selected.getAttribute("aria-posinset"), "2");
    const title = await selected.locator("[class*=title]").textContent();
    await page.keyboard.press("Enter");
    await drawer(page)
      .getByRole("heading", { name: title ?? "", exact: true })
      .waitFor();
    await page.locator("[aria-live=polite]", { hasText: title ?? "" }).waitFor({ state: "attached" });
  });
});

test("clocks are edited and confirmed, the title where it stands", async () => {
  await visit("/incidents", {}, async (page) => {
    const incident = await open(page);
    await page.getByRole("button", { name: /^Detected/ }).click();
    await page.getByText("From the capture. Nobody has confirmed it yet.", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: incident.title, exact: true }).click();
    await page.getByLabel("Title").fill(`${incident.title} (reviewed)`);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `${incident.title} (reviewed)` }).waitFor();
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.getByRole("button", { name: `${incident.title} (reviewed)`, exact: true }).click();
    await page.getByLabel("Title").fill(incident.title);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: incident.title, exact: true }).waitFor();
  });
});

test("evidence that says the same again is one line that opens", async () => {
  await visit("/incidents", {}, async (page) => {
    const { items } = await (await page.request.get("/api/v1/incidents?limit=50")).json();
    const { id } = items.find(({ example, title }) => example && title.startsWith("Home and product pages"));
    await page.goto(`/incidents/${id}?tab=insight`);
    const again = page.getByRole("button", { name: /^×\d+ alike$/ }).first();
    await again.waitFor();
    const number = Number(/\d+/.exec((await again.textContent()) ?? "")?.[0]);
    assert.ok(number >= 5);
    const line = page.locator("li").filter({ has: again });
    assert.equal(await line.locator("time").count(), 1);
    await again.click();
    assert.equal(await line.locator("time").count(), number);
  });
});

test("insight leads to the timeline and evidence opens its rows", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page, "?tab=insight");
    await page.getByRole("heading", { name: "Anomalies" }).waitFor();
    await page.locator("section button:has(svg[role=img])").first().click();
    await marks(page).first().waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Anomalies" }).waitFor();
    await page.getByRole("tab", { name: /^Evidence/ }).click();
    await page.getByRole("button", { name: "Show rows" }).first().click();
    await page.getByRole("dialog").getByRole("table").waitFor();
  });
});

for (const search of ["", "?view=list", "?tab=insight", "?tab=evidence"]) {
  test(`the key of a new event works as soon as it is shown: ${search || "board"}`, async () => {
    await visit("/incidents", {}, async (page) => {
      let release;
      const pressed = new Promise((resolve) => {
        release = resolve;
      });
      await page.route(/\/timeline\?/, async (route) => {
        await pressed;
        await route.continue();
      });
      await open(page, search);
      await page.keyboard.press("c");
      release();
      await page.getByRole("dialog", { name: /event/i }).waitFor();
    });
  });
}

for (const search of ["", "?view=list", "?tab=insight", "?tab=evidence"]) {
  test(`the incident page ${search} is accessible in both themes`, async () => {
    await visit("/incidents", {}, async (page) => {
      await open(page, search);
      if (search === "") {
        await marks(page).first().waitFor();
        await page.keyboard.press("j");
        await page.keyboard.press("Enter");
        await drawer(page).getByRole("heading", { level: 2 }).waitFor();
      }
      await settled(page);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
        await assertAccessible(page, `${search} ${colorScheme}`);
      }
    });
  });
}

test("on a phone, in Chinese, the story is told and an event opens as a sheet", async () => {
  await visit("/incidents", { size: PHONE, language: "zh-CN" }, async (page) => {
    await open(page);
    const story = page.getByRole("list", { name: "按时间排序的经过" });
    await story.getByRole("button").first().waitFor();
    await assertNoSideScroll(page, "the story");
    await assertAccessible(page, "the story");
    const event = story.locator("li[data-selected], li:has(time)").first().getByRole("button").first();
    await event.click();
    await story.getByRole("button", { name: "详情" }).click();
    await page.getByRole("complementary", { name: "所选事件" }).getByText("关联事件").waitFor();
    await page.getByRole("complementary", { name: "所选事件" }).getByRole("button", { name: "关闭" }).click();
    await story
      .getByRole("button", { name: /另有 \d+ 个/ })
      .first()
      .click();
    await page.getByRole("radio", { name: "列表" }).waitFor({ state: "attached" });
  });
});

test("a narrow phone keeps every function", async () => {
  await visit("/incidents", { size: { width: 320, height: 640 } }, async (page) => {
    await open(page);
    await page
      .getByRole("list", { name: "The story, in order of time" })
      .getByRole("button")
      .first()
      .waitFor();
    await assertNoSideScroll(page, "the story on 320 px");
    const story = page.getByRole("list", { name: "The story, in order of time" });
    await story.locator("li:has(time)").first().getByRole("button").first().click();
    await story.getByRole("button", { name: "Details" }).click();
    for (const button of await drawer(page).locator("header").getByRole("button").all()) {
      const { x, width } = await button.boundingBox();
      assert.ok(x + width <= 320, `${await button.getAttribute("aria-label")} ends at ${x + width} px`);
    }
    await drawer(page).getByRole("button", { name: "Close" }).click();
    for (const tab of ["Insight", "Evidence"]) {
      await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
      await settled(page);
      await assertNoSideScroll(page, tab);
    }
  });
});
