import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, visit } from "./browser.mjs";

after(closeBrowser);
const choose = (page, group, option) =>
  page.getByRole("radiogroup", { name: group }).getByText(option, { exact: true }).click();
const saved = (page) =>
  page.waitForResponse((answer) => answer.url().endsWith("/session/preferences") && answer.ok());

test("language and theme switch at once, and hold in another browser", async () => {
  await visit("/settings/preferences", {}, async (page) => {
    await page.getByRole("radiogroup", { name: "Language" }).waitFor();
    await Promise.all([saved(page), choose(page, "Language", "简体中文")]);
    await page.getByRole("heading", { name: "设置" }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
    await Promise.all([saved(page), choose(page, "主题", "深色")]);
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  });
  await visit("/settings/preferences", {}, async (page) => {
    await page.getByRole("heading", { name: "设置" }).waitFor();
    await Promise.all([saved(page), choose(page, "主题", "跟随系统")]);
    await Promise.all([saved(page), choose(page, "语言", "跟随系统")]);
    await page.getByRole("heading", { name: "Settings" }).waitFor();
  });
});

test("the clock follows the zone", async () => {
  await visit("/incidents", {}, async (page) => {
    const first = page.getByRole("list", { name: "Incidents" }).getByRole("link").first().locator("time");
    await first.waitFor();
    const local = await first.getAttribute("title");
    assert.match(local, /UTC\+8$/);
    const press = () => Promise.all([saved(page), page.keyboard.press("z")]);
    await press();
    await page.waitForFunction((title) => document.querySelector("li time")?.title !== title, local);
    assert.match(await first.getAttribute("title"), / UTC$/);
    await press();
    await press();
  });
});

test("someone is invited by a link, joins with it, and is suspended", async () => {
  const email = `lin-${process.pid}@example.org`;
  let link;
  await visit("/settings/people", {}, async (page) => {
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByRole("button", { name: "Create link" }).click();
    link = await dialog.getByLabel("Link").inputValue();
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByText(email).waitFor();
  });
  await visit(link, { signedIn: false, allowed: /401/ }, async (page) => {
    await page.getByLabel("Name").fill("Lin 林");
    await page.getByLabel("Password", { exact: true }).fill("stones on a wooden board");
    await page.getByRole("button", { name: "Join" }).click();
    await page.waitForURL(/\/incidents$/);
  });
  await visit("/settings/people", {}, async (page) => {
    const row = page.getByRole("listitem").filter({ hasText: email });
    await row.getByRole("button", { name: "Suspend" }).click();
    await row.getByText("suspended", { exact: true }).waitFor();
    await page.reload();
    await row.getByRole("button", { name: "Restore" }).waitFor();
  });
});

test("someone sees their browsers, and signs out of another one and of all others", async () => {
  const email = `mo-${process.pid}@example.org`;
  const password = "a bowl of white stones";
  let link;
  await visit("/settings/people", {}, async (page) => {
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByRole("button", { name: "Create link" }).click();
    link = await dialog.getByLabel("Link").inputValue();
  });
  const stranger = { signedIn: false, allowed: /401/ };
  const signIn = async (page) => {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(/\/settings\/preferences$/);
  };
  await visit(link, stranger, async (page) => {
    await page.getByLabel("Name").fill("Mo 墨");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Join" }).click();
    await page.waitForURL(/\/incidents$/);
    const rows = page.getByRole("list", { name: "Browsers" }).getByRole("listitem");
    const count = (wanted) =>
      page.waitForFunction(
        (number) => document.querySelectorAll("ul[aria-label='Browsers'] > li").length === number,
        wanted,
      );
    await page.goto("/settings/preferences");
    await count(1);
    await rows
      .filter({ hasText: /Chromium on Linux.*this browser/ })
      .getByRole("button", { name: "Sign out" })
      .waitFor();
    assert.equal(await page.getByRole("button", { name: "Sign out of all others" }).count(), 0);

    await visit("/settings/preferences", stranger, async (other) => {
      await signIn(other);
      await page.reload();
      await count(2);
      await page.getByRole("button", { name: /^Sign out of Chromium on Linux, signed in/ }).click();
      await count(1);
      await other.reload();
      await other.waitForURL(/\/sign-in\?next=/);

      await signIn(other);
      await page.reload();
      await count(2);
      await page.getByRole("button", { name: "Sign out of all others" }).click();
      await count(1);
      await other.reload();
      await other.waitForURL(/\/sign-in\?next=/);
    });
    await page.reload();
    await count(1);
  });
});

test("a token is shown once and revoked after a question", async () => {
  const name = `Pipeline ${process.pid}`;
  await visit("/settings/tokens", {}, async (page) => {
    await page.getByRole("button", { name: "Create token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Create token" }).click();
    assert.match(await dialog.getByLabel("Secret").inputValue(), /^fup_/);
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: `Revoke ${name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText(name, { exact: true }).waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("heading", { name: "API tokens" }).waitFor();
    assert.equal(await page.getByText(name, { exact: true }).count(), 0);
  });
});

test("the audit log tells what was done", async () => {
  await visit("/settings/audit", {}, async (page) => {
    await page.getByRole("table").getByRole("row").nth(2).waitFor();
  });
});
