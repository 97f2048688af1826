import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser, visit } from "./browser.mjs";
import { startServer } from "./server.mjs";

// A server of its own: links work once, and signing out would end the session that the other tests share.
let server;
before(async () => {
  server = await startServer();
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});
const stranger = { signedIn: false, allowed: /401|Unauthorized/ };

test("a stranger is asked to sign in, and comes back to the page they wanted", async () => {
  await visit("/settings/tokens", { ...stranger, url: server.url }, async (page) => {
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel("E-mail").fill("nobody@example.org");
    await page.getByLabel("Password", { exact: true }).fill("not the password at all");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").getByText("E-mail or password is wrong").waitFor();
    await assertAccessible(page, "sign-in");
  });
});

test("the one-time link signs in by being opened, once, and leaves no token in the address", async () => {
  await visit(server.link, { ...stranger, url: server.url }, async (page) => {
    await page.waitForURL(/\/incidents$/);
    await page.getByRole("heading", { name: "Incidents", exact: true }).waitFor();
    assert.ok(!page.url().includes("token"));
  });
  await visit(server.link, { ...stranger, url: server.url, language: "zh-CN" }, async (page) => {
    await page.getByRole("heading", { name: "此链接已失效" }).waitFor();
    await assertAccessible(page, "a spent link");
  });
});

test("on a new instance the first person becomes its administrator", async () => {
  const fresh = await startServer("serve");
  try {
    await visit("/", { ...stranger, url: fresh.url }, async (page) => {
      await page.getByRole("heading", { name: "Set up Fupan" }).waitFor();
      await page.getByText("Open the link that the server printed").waitFor();
    });
    await visit("/setup", { ...stranger, url: fresh.url }, async (page) => {
      await page.getByText("Open the link that the server printed").waitFor();
      // Pasted over the page that asks for it: only the fragment differs.
      await page.evaluate((link) => location.assign(link), fresh.link);
      await page.getByLabel("Name").fill("Ana");
      await page.getByLabel("E-mail").fill("ana@example.org");
      await page.getByLabel("Password", { exact: true }).fill("short");
      await page.getByRole("button", { name: "Create administrator" }).click();
      await page.getByText("7 characters are missing").waitFor();
      await assertAccessible(page, "first run");
      await page.getByLabel("Password", { exact: true }).fill("black stones, white stones");
      await page.getByRole("button", { name: "Create administrator" }).click();
      await page.waitForURL(/\/incidents$/);
      await page.getByRole("heading", { name: "No incidents yet" }).waitFor();
      await assertAccessible(page, "an empty list");
    });
  } finally {
    await fresh.stop();
  }
});
