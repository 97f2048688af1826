// What opens over a page: named, accessible in both themes and languages, and no wider than a phone.
import { after, test } from "node:test";
import {
  assertAccessible,
  assertNoSideScroll,
  closeBrowser,
  DESK,
  PHONE,
  settled,
  visit,
} from "./browser.mjs";

after(closeBrowser);

const dialog = (page) => page.getByRole("dialog", { name: /./ }).first();
const press = (name) => async (page) => {
  await page.getByRole("button", { name }).first().click();
  await dialog(page).waitFor();
};
/** What can be seen can be used: a page knows its keys from its first pixel on. */
const key = (keys) => async (page) => {
  await page.locator("main h1, article h1").first().waitFor();
  await page.keyboard.press(keys);
  await dialog(page).waitFor();
};

const menu = (page) => page.getByRole("menu").first();
const pressMenu = (name) => async (page) => {
  await page.getByRole("button", { name }).first().click();
  await menu(page).waitFor();
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
  { name: "the import of a capture", path: "/incidents?do=import", open: (page) => dialog(page).waitFor() },
  { name: "a new incident", path: "/incidents?do=declare", open: (page) => dialog(page).waitFor() },
  { name: "the filters of the list", path: "/incidents", open: pressMenu(/^(Filter|筛选)$/) },
  { name: "the filters of the timeline", incident: true, open: press(/^(Filter|筛选)$/) },
  { name: "the curves to choose from", incident: true, deskOnly: true, open: press(/^(Curves|曲线)/) },
  { name: "a clock", incident: true, open: press(/^(Detected|发现)/) },
  { name: "a role", incident: true, deskOnly: true, open: pressMenu(/^(Commander|指挥)/) },
  {
    name: "roles and impact",
    incident: true,
    size: { width: 1024, height: 768 },
    open: press(/^(Roles and impact|角色与影响)$/),
  },
  { name: "a severity", incident: true, open: pressMenu(/SEV/) },
  {
    name: "the state of a hypothesis",
    incident: true,
    open: async (page) => {
      await page.getByRole("tab", { name: /^(Insight|洞察)/ }).click();
      await page.locator("article").first().waitFor();
      await page.locator("article [aria-haspopup=menu]").first().click();
      await menu(page).waitFor();
    },
  },
  {
    name: "the question before an incident is deleted",
    incident: true,
    open: async (page) => {
      await pressMenu(/^(More actions|更多操作)$/)(page);
      await page.getByRole("menuitem", { name: /^(Delete incident|删除事故)$/ }).click();
      await dialog(page).waitFor();
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

for (const { name, path, incident, deskOnly, size: desk = DESK, open } of OVERLAYS) {
  const settings = [
    ["en", desk],
    ["zh-CN", deskOnly ? desk : PHONE],
  ];
  for (const [language, size] of settings) {
    test(`${name}, ${language} on ${size.width} px, is accessible in both themes`, async () => {
      await visit(path ?? "/incidents", { language, size }, async (page) => {
        await page.emulateMedia({ reducedMotion: "reduce" });
        if (incident) await openIncident(page);
        await open(page);
        await settled(page);
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
