import { expect, it } from "vitest";
import { TextLoader } from "./loader";

function recording() {
  const loaded: string[] = [];
  const added: string[] = [];
  const loader = new TextLoader(
    async (language, group) => {
      loaded.push(`${language} ${group}`);
      return { [group]: {} };
    },
    (language, namespace) => void added.push(`${language} ${namespace}`),
  );
  return { loaded, added, loader };
}

it("texts are fetched once, and those in use follow the language", async () => {
  const { loaded, added, loader } = recording();
  await loader.want("first", "en");
  await Promise.all([loader.want("work", "en"), loader.want("work", "en")]);
  await loader.turnTo("zh-CN");
  await loader.turnTo("en");
  expect(loaded).toEqual(["en first", "en work", "zh-CN first", "zh-CN work"]);
  expect(added).toEqual(loaded);
});

it("texts that did not arrive are asked for again", async () => {
  let tries = 0;
  const loader = new TextLoader(
    async () => {
      tries += 1;
      if (tries === 1) throw new Error("offline");
      return {};
    },
    () => undefined,
  );
  await expect(loader.want("first", "en")).rejects.toThrow("offline");
  await loader.want("first", "en");
  expect(tries).toBe(2);
});
