// The incident page as tests see it: how to open it, and what on it has which name.
import assert from "node:assert/strict";

/** Opens the first example incident that has been analysed. */
export async function open(page, search = "") {
  const answer = await page.request.get("/api/v1/incidents?limit=50");
  const { items } = await answer.json();
  const incident = items.find(({ example, analysis_state }) => example && analysis_state === "done");
  assert.ok(incident, "an example incident has been analysed");
  await page.goto(`/incidents/${incident.id}${search}`);
  await page.getByRole("heading", { name: incident.title }).waitFor();
  return incident;
}

export const board = (page) => page.getByRole("region", { name: "Timeline of the incident" });
export const marks = (page) => board(page).locator("button[data-event]");
export const drawer = (page) => page.getByRole("complementary", { name: "Selected event" });
export const length = (page) => page.getByTitle("Length of the view").textContent();
export const parameter = (page, name) =>
  page.evaluate((key) => new URLSearchParams(location.search).get(key), name);

/** Nothing shows that it is loading. The page is never without a request: it listens for changes. */
export const settled = (page) =>
  page.waitForFunction(() => !document.querySelector("[role=status], [class*=wait]"));

/** Presses a key until the address says so: it follows the view with a short delay. */
export async function until(page, name, change) {
  const before = await parameter(page, name);
  await change();
  await page.waitForFunction(
    ([key, old]) => new URLSearchParams(location.search).get(key) !== old,
    [name, before],
  );
}

/** Chooses the board where the story comes first. */
export async function chooseBoard(page) {
  await page.getByText("Board", { exact: true }).tap();
  await marks(page).first().waitFor();
}

/** Waits until each mark stands where the time of its event lies in the view that the address tells. */
export async function marksInPlace(page, { id }) {
  const answer = await page.request.get(`/api/v1/incidents/${id}/events?limit=1000`);
  const { items } = await answer.json();
  const times = Object.fromEntries(items.map(({ id, occurred_at }) => [id, Date.parse(occurred_at)]));
  await page.waitForFunction((times) => {
    const address = new URLSearchParams(location.search);
    const [from, to] = ["from", "to"].map((name) => Date.parse(address.get(name)));
    const plot = document.querySelector("[data-part=plot]").getBoundingClientRect();
    const marks = [...document.querySelectorAll("button[data-event]")];
    return marks.every((mark) => {
      const glyph = mark.querySelector("svg").getBoundingClientRect();
      const at = plot.x + ((times[mark.dataset.event] - from) / (to - from)) * plot.width;
      return Math.abs(glyph.x + glyph.width / 2 - at) < 1.5;
    });
  }, times);
}

/** Where the mark with the longest name is that a hand can reach. */
export function longestName(page) {
  return marks(page).evaluateAll((all) => {
    const bottom = document.querySelector("[data-part=scroller]").getBoundingClientRect().top + 240;
    const boxes = all.map((one) => one.getBoundingClientRect()).filter((box) => box.bottom < bottom);
    const { x, y, width } = boxes.reduce((one, other) => (other.width > one.width ? other : one));
    return { x, y, width };
  });
}
