// The board of the timeline: what it draws, how keys, mouse and hand move it, and that the address carries the view.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, PHONE, visit } from "./browser.mjs";
import {
  board,
  chooseBoard,
  drawer,
  length,
  longestName,
  marks,
  marksInPlace,
  open,
  parameter,
  until,
} from "./incident-page.mjs";

after(closeBrowser);

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

test("a filter without a result says what can be dropped", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page, "?q=nothing-is-called-this");
    await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
    await page.getByRole("button", { name: "Drop “nothing-is-called-this”" }).last().click();
    await page.getByRole("heading", { name: "Nothing matches" }).waitFor({ state: "detached" });
  });
});

test("marks stand where their times are, however the view was moved", async () => {
  await visit("/incidents", {}, async (page) => {
    const incident = await open(page);
    await marks(page).first().waitFor();
    for (const key of ["w", "d", "d", "a", "w", "a", "s", "d"]) {
      await until(page, "from", () => page.keyboard.press(key));
      await marksInPlace(page, incident);
    }
  });
});

test("a drag that begins on a name marks a range and selects nothing", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    const name = marks(page).filter({ hasText: "HighErrorRatio" }).first();
    await name.waitFor();
    const { x, y, width, height } = await name.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 180, y + height / 2, { steps: 6 });
    await page.mouse.up();
    await page.waitForURL(/range=/);
    assert.equal(await parameter(page, "event"), null);
    await page.keyboard.press("Escape");
    await name.click();
    await page.waitForURL(/event=evt_/);
    assert.equal(await parameter(page, "range"), null);
  });
});

test("fingers pinch, pan and scroll the board, also from a name, and a tap selects", async () => {
  await visit("/incidents", { size: PHONE }, async (page) => {
    const incident = await open(page);
    await chooseBoard(page);
    const { x, y, width } = await longestName(page);
    const hand = await page.context().newCDPSession(page);
    const touch = (type, ...places) =>
      hand.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: places.map(([x, y], id) => ({ x, y, id })),
      });
    const left = x + 20;
    const right = x + Math.min(width, 160);

    await until(page, "from", async () => {
      await touch("touchStart", [left, y + 8], [right, y + 8]);
      for (let step = 1; step <= 8; step++)
        await touch("touchMove", [left - step, y + 8], [right + step * 8, y + 8]);
      await touch("touchEnd");
    });
    const lasted = async () =>
      Date.parse(await parameter(page, "to")) - Date.parse(await parameter(page, "from"));
    // The address is at rest once it tells what is drawn.
    await marksInPlace(page, incident);
    const closer = await lasted();
    await until(page, "from", async () => {
      await touch("touchStart", [right, y + 8]);
      for (let step = 1; step <= 8; step++) await touch("touchMove", [right - step * 10, y + 8]);
      await touch("touchEnd");
    });
    await marksInPlace(page, incident);
    assert.ok(Math.abs((await lasted()) - closer) < 2, "panning keeps the length");
    assert.equal(await parameter(page, "event"), null);

    await touch("touchStart", [left, y + 100]);
    for (let step = 1; step <= 8; step++) await touch("touchMove", [left, y + 100 - step * 20]);
    await touch("touchEnd");
    await page.waitForFunction(() => document.querySelector("[data-part=scroller]").scrollTop > 40);
    await page.evaluate(() => document.querySelector("[data-part=scroller]").scrollTo(0, 0));

    await marks(page).first().tap();
    await page.waitForURL(/event=evt_/);
    await drawer(page).getByRole("heading", { level: 2 }).waitFor();
  });
});

test("keys that spell a word rest", async () => {
  await visit("/incidents", {}, async (page) => {
    await open(page);
    await marks(page).first().waitFor();
    await until(page, "from", () => page.keyboard.press("w"));
    const seen = await length(page);
    await page.evaluate(() => {
      const spelled = { key: "w", bubbles: true, isComposing: true };
      document.body.dispatchEvent(new KeyboardEvent("keydown", spelled));
    });
    await until(page, "from", () => page.keyboard.press("d"));
    assert.equal(await length(page), seen);
  });
});

test("back leaves the incident whatever was looked at, and forward shows the same again", async () => {
  await visit("/incidents", {}, async (page) => {
    await page.locator("[data-incident]").first().click();
    await marks(page).first().waitFor();
    await until(page, "from", () => page.keyboard.press("w"));
    await until(page, "event", () => page.keyboard.press("j"));
    const address = page.url();
    const seen = await length(page);
    await page.goBack();
    await page.locator("[data-incident]").first().waitFor();
    await page.goForward();
    await marks(page).first().waitFor();
    assert.equal(page.url(), address);
    assert.equal(await length(page), seen);
  });
});

test("where the likely cause lies below the screen, the board says so and leads there", async () => {
  await visit("/incidents", { size: { width: 1440, height: 560 } }, async (page) => {
    const { items } = await (await page.request.get("/api/v1/incidents?limit=50")).json();
    const { id, suspect } = items.find(({ example, suspect }) => example && suspect?.service === "shop-db");
    await page.goto(`/incidents/${id}`);
    const way = board(page).getByRole("button", { name: new RegExp(`^likely cause .* ${suspect.service}$`) });
    await way.click();
    await way.waitFor({ state: "detached" });
    const named = marks(page).filter({ hasText: `likely cause ${suspect.score.toFixed(2)}` });
    await named.waitFor();
    const top = await page.locator("[data-part=scroller]").boundingBox();
    const { y } = await named.boundingBox();
    assert.ok(y >= top.y && y < top.y + top.height, "the cause is in sight");
    assert.equal(await parameter(page, "event"), null);
  });
});
