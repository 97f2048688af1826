import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { ApiError } from "../lib/failure";
import { resources as en } from "../lib/i18n/locales/en";
import { resources as zh } from "../lib/i18n/locales/zh-CN";
import { explain, sentence } from "./explain";

beforeAll(() => i18next.init({ lng: "en", defaultNS: "common", resources: { en, "zh-CN": zh } }));
const inEnglish = (error: unknown) => explain(error, i18next.getFixedT("en"), "en");
const inChinese = (error: unknown) => explain(error, i18next.getFixedT("zh-CN"), "zh-CN");

describe("an error", () => {
  const conflict = new ApiError(409, "version_conflict", "changed by someone else since version 3", "req_1");

  it("is said by the server in English, and by us in Chinese", () => {
    expect(inEnglish(conflict).why).toBe("Changed by someone else since version 3.");
    expect(inChinese(conflict)).toMatchObject({ why: "期间有人更改了它。", requestId: "req_1" });
  });

  it("of an unknown kind still says what the server said", () => {
    expect(inChinese(new ApiError(418, "teapot", "the pot is short", "r")).why).toBe("The pot is short.");
    expect(inEnglish(new ApiError(502, "unknown", "", undefined)).why).toBe("The server answered 502.");
  });

  it("of the network or of our own says so", () => {
    expect(inEnglish(new ApiError(0, "unreachable", "", undefined)).why).toBe("The server did not answer.");
    expect(inChinese(new TypeError("x is undefined")).requestId).toBeUndefined();
  });

  it("is a sentence", () => {
    expect(sentence("no space left")).toBe("No space left.");
    expect(sentence("磁盘已满")).toBe("磁盘已满。");
  });
});
