// Widths between a phone and a desk: nothing is cut that has to be read or pressed, and nothing scrolls sideways.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertNoSideScroll, closeBrowser, visit } from "./browser.mjs";

after(closeBrowser);

/** The words of buttons and tabs that stand on screen only in part. */
const cut = (page) =>
  page.evaluate(() => {
    const words = document.querySelectorAll(
      ".mantine-Button-label, .mantine-SegmentedControl-root, [role=tab], [role=toolbar]",
    );
    return [...words].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent);
  });

const PAGES = ["/settings/preferences", "/settings/people", "/settings/tokens", "/settings/audit"];
for (const width of [768, 1024, 1200, 1920]) {
  const size = { width, height: 900 };
  for (const language of ["en", "zh-CN"]) {
    test(`nothing is cut at ${width} px, ${language}`, async () => {
      await visit("/incidents", { size, language }, async (page) => {
        const rows = page.locator("[data-incident]");
        await rows.first().waitFor();
        assert.deepEqual(await cut(page), []);
        const what = await rows.first().locator(":scope > :nth-child(2)").boundingBox();
        assert.ok(what && what.width >= 200, `a title of an incident has ${what?.width} px`);
        for (const path of PAGES) {
          await page.goto(path);
          await page.locator("main h2").first().waitFor();
          await assertNoSideScroll(page, path);
          assert.deepEqual(await cut(page), [], path);
        }
        const { items } = await (await page.request.get("/api/v1/incidents?limit=50")).json();
        const { id } = items.find(({ example }) => example);
        const traces = page.getByRole("button", { name: language === "en" ? /^Traces/ : /^链路/ });
        for (const tab of ["timeline", "insight", "evidence"]) {
          await page.goto(`/incidents/${id}?tab=${tab}`);
          const there = { timeline: "[role=toolbar]", insight: "article h3", evidence: "main ul li" };
          await page.locator(there[tab]).first().waitFor();
          await assertNoSideScroll(page, tab);
          // Where words give way to shapes, they stay in the name.
          if (tab === "timeline") assert.equal(await traces.count(), 1);
          assert.deepEqual(await cut(page), [], tab);
        }
      });
    });
  }
}

test("200% zoom and 320 px keep every page within the screen", async () => {
  await visit("/incidents", { size: { width: 320, height: 640 } }, async (page) => {
    await page.locator("[data-incident]").first().waitFor();
    await assertNoSideScroll(page, "the list");
    for (const path of [...PAGES, "/settings/instance"]) {
      await page.goto(path);
      await page.locator("main h2").first().waitFor();
      await assertNoSideScroll(page, path);
    }
  });
});
