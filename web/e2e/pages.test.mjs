// What holds on every page: accessible in both themes, fits a phone, breaks no policy, all in the reader's language.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, assertNoSideScroll, closeBrowser, PHONE, settled, visit } from "./browser.mjs";

after(closeBrowser);
const PAGES = [
  "/incidents",
  "/incidents?do=declare",
  "/incidents?do=import",
  "/incidents?q=nothing-is-called-this",
  "/settings/preferences",
  "/settings/people",
  "/settings/tokens",
  "/settings/audit",
  "/settings/instance",
];

/** Nothing is being fetched and nothing moves; a dialog that the address asks for is there with its name. */
async function settle(page) {
  await page.locator("main h1").first().waitFor();
  if (new URL(page.url()).searchParams.has("do")) await page.getByRole("dialog", { name: /./ }).waitFor();
  await page.locator("[role=status]").first().waitFor({ state: "detached" });
  await settled(page);
}

for (const path of PAGES) {
  test(`${path} is accessible in both themes`, async () => {
    await visit(path, {}, async (page) => {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
        await settle(page);
        await assertAccessible(page, `${path} ${colorScheme}`);
      }
    });
  });
  test(`${path} fits a phone, in Chinese`, async () => {
    await visit(path, { size: PHONE, language: "zh-CN" }, async (page) => {
      await settle(page);
      await assertNoSideScroll(page, path);
      await assertAccessible(page, `${path} on a phone`);
      const heading = await page.locator("main h1").first().textContent();
      assert.match(heading ?? "", /[\u4e00-\u9fff]/);
    });
  });
}

test("an address that leads nowhere says so", async () => {
  await visit("/nowhere/at/all", {}, async (page) => {
    await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  });
});
