import type { Session } from "../../api";

/** Spends a one-time link once, however often a page is rendered. */
export class LinkSignIn {
  #calls = new Map<string, Promise<Session>>();

  constructor(private readonly spend: (token: string) => Promise<Session>) {}

  signIn(token: string): Promise<Session> {
    const call = this.#calls.get(token) ?? this.spend(token);
    this.#calls.set(token, call);
    return call;
  }
}
