import { describe, expect, it } from "vitest";
import type { Session } from "../../api";
import { tokenOf } from "./fragment";
import { LinkSignIn } from "./link-sign-in";
import { passwordGap } from "./password";

const session: Session = {
  person: { id: "per_1", name: "Ana", email: null, role: "admin" },
  instance: { name: "Fupan", version: "0", demo: true },
  preferences: {},
};

describe("a one-time link", () => {
  it("carries its token in the fragment", () => {
    expect(tokenOf("#token=abc%2Bdef")).toBe("abc+def");
    expect(tokenOf("#token=")).toBeUndefined();
    expect(tokenOf("")).toBeUndefined();
  });

  it("is spent once, even when the page asks twice", async () => {
    const spent: string[] = [];
    const link = new LinkSignIn(async (token) => {
      spent.push(token);
      return session;
    });
    const [first, second] = await Promise.all([link.signIn("one"), link.signIn("one")]);
    expect(first).toBe(second);
    expect(spent).toEqual(["one"]);
  });
});

it("a password counts characters, not bytes", () => {
  expect(passwordGap("short")).toBe(7);
  expect(passwordGap("长长长长长长长长长长长长")).toBe(0);
});
