// What opens over a page: named, accessible in both themes and languages, and no wider than a phone.
import { after, test } from "node:test";
import { assertAccessible, assertNoSideScroll, closeBrowser, DESK, PHONE, visit } from "./browser.mjs";

after(closeBrowser);

const dialog = (page) => page.getByRole("dialog", { name: /./ }).first();
const press = (name) => async (page) => {
  await page.getByRole("button", { name }).first().click();
  await dialog(page).waitFor();
};
/** Keys work once the page has registered its commands: pressed until it answers. */
const key = (keys) => async (page) => {
  await page.locator("main h1, article h1").first().waitFor();
  await page.keyboard.press(keys);
  await dialog(page).waitFor();
};

async function openIncident(page, search = "") {
  const answer = await page.request.get("/api/v1/incidents?limit=50");
  const { items } = await answer.json();
  const { id } = items.find(({ example, analysis_state }) => example && analysis_state === "done");
  await page.goto(`/incidents/${id}${search}`);
  await page.locator("[data-event], ol[aria-label] > li time").first().waitFor();
}

const OVERLAYS = [
  { name: "the palette", path: "/incidents", open: key("Control+k") },
  { name: "the key sheet", path: "/incidents", open: key("?") },
  { name: "an invitation", path: "/settings/people", open: press(/^(Invite|邀请)$/) },
  { name: "a new token", path: "/settings/tokens", open: press(/^(Create token|创建令牌)$/) },
  { name: "a new event", incident: true, open: key("c") },
  {
    name: "pasted lines",
    incident: true,
    open: async (page) => {
      await key("c")(page);
      await dialog(page).getByRole("tab").nth(1).click();
      await dialog(page).locator("textarea").fill("06:36 pasted\nno time");
    },
  },
  {
    name: "rows of the capture",
    incident: true,
    open: async (page) => {
      await page.getByRole("tab", { name: /^(Evidence|证据)/ }).click();
      await press(/^(Show rows|查看行)$/)(page);
      await page.getByRole("table").waitFor();
    },
  },
];

for (const { name, path, incident, open } of OVERLAYS) {
  for (const [language, size] of [
    ["en", DESK],
    ["zh-CN", PHONE],
  ]) {
    test(`${name}, ${language} on ${size.width} px, is accessible in both themes`, async () => {
      await visit(path ?? "/incidents", { language, size }, async (page) => {
        await page.emulateMedia({ reducedMotion: "reduce" });
        if (incident) await openIncident(page);
        await open(page);
        await page.waitForFunction(() =>
          document.getAnimations().every((running) => running.playState !== "running"),
        );
        await assertNoSideScroll(page, name);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.waitForFunction(
            (theme) => document.documentElement.dataset.theme === theme,
            colorScheme,
          );
          await assertAccessible(page, `${name} ${colorScheme}`);
        }
      });
    });
  }
}
