import createClient, { type Middleware } from "openapi-fetch";
import { ApiError, errorOf, unreachable } from "./error";
import type { paths } from "./schema";

/** `crypto.randomUUID` is missing on plain http addresses other than loopback. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang || "en");
    if (request.method !== "GET") request.headers.set("Idempotency-Key", idempotencyKey());
    return request;
  },
  onError({ error }) {
    // An abort is the caller's own doing and must keep its name.
    return error instanceof DOMException && error.name === "AbortError" ? error : unreachable(error);
  },
};

export const client = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
client.use(headers);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer, or the failure as an `ApiError`. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw errorOf(response, error);
  if (data === undefined) throw new ApiError(response.status, "empty_answer", "", undefined);
  return data;
}

/** For answers without a body. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await call;
  if (!response.ok) throw errorOf(response, error);
}
