// The incident page on the example incidents: board, drawer, list twin, forms, address, phone, insight, evidence.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, assertNoSideScroll, closeBrowser, PHONE, visit } from "./browser.mjs";

after(closeBrowser);

/** Opens the first example incident that has been analysed. */
async function open(page, search = "") {
  const answer = await page.request.get("/api/v1/incidents?limit=50");
  const { items } = await answer.json();
  const incident = items.find(({ example, analysis_state }) => example && analysis_state === "done");
  assert.ok(incident, "an example incident has been analysed");
  await page.goto(`/incidents/${incident.id}${search}`);
  await page.getByRole("heading", { name: incident.title }).waitFor();
  return incident;
}

const board = (page) => page.getByRole("region", { name: "Timeline of the incident" });
const marks = (page) => board(page).locator("button[data-event]");
const drawer = (page) => page.getByRole("complementary", { name: "Selected event" });
const length = (page) => page.getByTitle("Length of the view").textContent();
const parameter = (page, name) => page.evaluate((key) => new URLSearchParams(location.search).get(key), name);

/** Nothing shows that it is loading. The page is never without a request: it listens for changes. */
const settled = (page) => page.waitForFunction(() => !document.querySelector("[role=status], [class*=wait]"));

/** Presses a key until the address says so: it follows the view with a short delay. */
async function until(page, name, change) {
  const before = await parameter(page, name);
  await change();
  await page.waitForFunction(
    ([key, old]) => new URLSearchParams(location.search).get(key) !== old,
    [name, before],
  );
}

test("the board draws the events of a real incident", async () => {
  await visit("/incidents", {}, async (page) => {
    const incident = await open(page);
    await marks(page).first().waitFor();
    assert.ok((await marks(page).count()) >= 5);
    // Grid and lanes alone paint a fiftieth; with the curves, which come later, it is more.
    await page.waitForFunction(() => {
      const canvas = document.querySelector("[data-part=canvas]");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
      return count / (data.length / 4) > 0.04;
    });
    await board(page).getByRole("button", { name: incident.entry_service, exact: true }).waitFor();
  });
});

test("keys zoom, pan and fit, and the address follows", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    const home = await length(page);
    await until(page, "from", () => page.keyboard.press("w"));
    assert.notEqual(await length(page), home);
    const zoomed = await length(page);
    await until(page, "from", () => page.keyboard.press("d"));
    assert.equal(await length(page), zoomed);
    await until(page, "from", () => page.keyboard.press("f"));
    assert.equal(await length(page), home);
    assert.equal(await parameter(page, "from"), null);
  });
});

test("Ctrl and the wheel zoom at the pointer, dragging marks a range with its length", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    const box = await board(page).locator("canvas").last().boundingBox();
    const middle = { x: box.x + box.width / 2, y: box.y + box.height - 8 };
    await page.mouse.move(middle.x, middle.y);
    await page.keyboard.down("Control");
    await until(page, "from", () => page.mouse.wheel(0, -300));
    await page.keyboard.up("Control");
    await page.mouse.down();
    await page.mouse.move(middle.x + 200, middle.y, { steps: 5 });
    await page.mouse.up();
    const range = page.getByRole("region", { name: "Marked range" });
    await range.waitFor();
    await page.waitForURL(/range=/);
    await range.getByRole("button", { name: "Zoom to it" }).click();
    await range.waitFor({ state: "detached" });
  });
});

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

test("what others add appears without moving the view", async () => {
  await visit("/incidents", {}, async (page) => {
    const incident = await open(page);
    await marks(page).first().waitFor();
    await until(page, "from", () => page.keyboard.press("w"));
    const from = await parameter(page, "from");
    const title = `Added elsewhere ${Date.now()}`;
    const middle = (Date.parse(from) + Date.parse(await parameter(page, "to"))) / 2;
    const origin = new URL(page.url()).origin;
    const answer = await page.request.post(`/api/v1/incidents/${incident.id}/events`, {
      headers: { "Idempotency-Key": `e2e-${Date.now()}`, Origin: origin },
      data: { title, occurred_at: new Date(middle).toISOString() },
    });
    assert.equal(answer.status(), 201);
    await marks(page).filter({ hasText: title }).waitFor();
    assert.equal(await parameter(page, "from"), from);
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

test("the address restores range, filters, selection and list", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    await page.keyboard.press("w");
    await page.keyboard.press("j");
    await page.getByRole("button", { name: /^Traces/ }).click();
    await page.waitForURL(/kinds=/);
    await page.waitForURL(/event=evt_/);
    const seen = await length(page);
    const address = page.url();
    await page.goto("/incidents");
    await page.goto(address);
    await drawer(page).getByRole("heading", { level: 2 }).waitFor();
    assert.equal(await length(page), seen);
    assert.equal(await page.getByRole("button", { name: /^Traces/ }).getAttribute("aria-pressed"), "false");
    await page.keyboard.press("l");
    await page.waitForURL(/view=list/);
    await page.reload();
    await page.getByRole("listbox").waitFor();
  });
});

test("an address with an event brings its lane into sight", async () => {
  await visit("/incidents", { size: { width: 1440, height: 640 } }, async (page) => {
    const { id } = await open(page);
    await marks(page).first().waitFor();
    const lowest = await marks(page).evaluateAll(
      (all) =>
        all.toSorted((one, other) => one.getBoundingClientRect().y - other.getBoundingClientRect().y).at(-1)
          .dataset.event,
    );
    await page.goto(`/incidents/${id}?event=${lowest}`);
    await page.waitForFunction((event) => {
      const mark = document.querySelector(`button[data-event="${event}"][aria-pressed=true]`);
      const board = document.querySelector("[data-part=scroller]")?.getBoundingClientRect();
      const y = mark?.getBoundingClientRect().y;
      return board && y > board.top && y < board.bottom;
    }, lowest);
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

test("a filter without a result says what can be dropped", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page, "?q=nothing-is-called-this");
    await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
    await page.getByRole("button", { name: "Drop “nothing-is-called-this”" }).last().click();
    await page.getByRole("heading", { name: "Nothing matches" }).waitFor({ state: "detached" });
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
    for (const tab of ["Insight", "Evidence"]) {
      await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
      await settled(page);
      await assertNoSideScroll(page, tab);
    }
  });
});
