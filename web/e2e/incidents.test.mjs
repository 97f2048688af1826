import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, visit } from "./browser.mjs";

after(closeBrowser);
const rows = (page) => page.getByRole("list", { name: "Incidents" }).getByRole("link");

test("the list shows the examples, and a row opens its incident", async () => {
  await visit("/incidents", {}, async (page) => {
    await rows(page).first().waitFor();
    assert.ok((await rows(page).count()) >= 4);
    await rows(page).first().click();
    await page.waitForURL(/\/incidents\/[^/?]+/);
  });
});

test("filters live in the address, and the empty result says which to drop", async () => {
  await visit("/incidents", {}, async (page) => {
    await rows(page).first().waitFor();
    const all = await rows(page).count();
    await page.getByLabel("Search incidents").fill("nothing is called this");
    await page.getByRole("heading", { name: "No incident matches" }).waitFor();
    await page.waitForURL(/q=nothing/);
    await page.getByRole("button", { name: "“nothing is called this”" }).click();
    await rows(page)
      .nth(all - 1)
      .waitFor();
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: "SEV1" }).click();
    await page.waitForURL(/severity=sev1/);
    await page.reload();
    await page.getByRole("button", { name: /SEV1.*Drop this filter/ }).waitFor();
  });
});

test("keys step through the rows and rest while one types", async () => {
  await visit("/incidents", {}, async (page) => {
    await rows(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.equal(
      await rows(page)
        .first()
        .evaluate((row) => row === document.activeElement),
      true,
    );
    await page.keyboard.press("/");
    await page.keyboard.type("jc");
    assert.equal(await page.getByLabel("Search incidents").inputValue(), "jc");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Show keys" }).getByText("Next incident").waitFor();
  });
});

test("an incident is declared, opens, and runs at the top of the list", async () => {
  const title = `Parcels are labelled twice ${process.pid}`;
  await visit("/incidents", {}, async (page) => {
    await rows(page).first().waitFor();
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "Declare incident" });
    await dialog.getByRole("button", { name: "Declare incident" }).click();
    await dialog.getByText("Say in up to 300 characters what breaks.").waitFor();
    await dialog.getByLabel("What breaks?").fill(title);
    await dialog.getByText("SEV2").click();
    await dialog.getByRole("button", { name: "Declare incident" }).click();
    await page.waitForURL(/\/incidents\/[^/?]+$/);
    await page.goto("/incidents");
    await page.getByRole("region", { name: "Running incidents" }).getByText(title).waitFor();
  });
});

test("what others declare appears by itself", async () => {
  const title = `Labels are missing ${process.pid}`;
  await visit("/incidents", {}, async (page) => {
    await page.getByText("live", { exact: true }).waitFor();
    const answer = await page.request.post("/api/v1/incidents", {
      data: { title, severity: "sev4", status: "resolved" },
      headers: { Origin: new URL(page.url()).origin },
    });
    assert.equal(answer.status(), 201);
    await rows(page).filter({ hasText: title }).waitFor();
  });
});

test("what is no capture is refused before it is sent", async () => {
  await visit("/incidents?do=import", {}, async (page) => {
    const dialog = page.getByRole("dialog", { name: "Import capture" });
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
    await dialog.getByRole("alert").getByText("notes.txt is not a .zip file").waitFor();
  });
});

test("a broken capture is refused by the server, in words", async () => {
  await visit("/incidents?do=import", { allowed: /status of 4/ }, async (page) => {
    const dialog = page.getByRole("dialog", { name: "Import capture" });
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "broken.zip", mimeType: "application/zip", buffer: Buffer.from("not a zip") });
    await dialog.getByRole("alert").getByText("Importing broken.zip did not work").waitFor();
  });
});

test("the palette finds commands and incidents", async () => {
  await visit("/settings/preferences", {}, async (page) => {
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Search or run a command" }).fill("go to inc");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/incidents$/);
  });
});
