import type { Problem } from "./types";

/** Why a call failed: what the server said as problem+json, or that it did not answer at all (status 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestId: string | undefined,
    readonly fields: readonly { path: string; code: string; detail: string }[] = [],
    /** With `version_conflict`: what the server has now. */
    readonly current: unknown = undefined,
  ) {
    super(detail || code);
  }

  /** Whether trying the same call again may help. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  fieldDetail(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.detail;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && typeof Reflect.get(body, "code") === "string";
}

export function errorOf(response: Response, body: unknown): ApiError {
  const requestId = response.headers.get("x-request-id") ?? undefined;
  if (!isProblem(body)) return new ApiError(response.status, "unknown", "", requestId);
  const { code, detail, request_id, fields, current } = body;
  return new ApiError(response.status, code, detail ?? "", request_id ?? requestId, fields ?? [], current);
}

export function unreachable(cause: unknown): ApiError {
  const error = new ApiError(0, "unreachable", "", undefined);
  error.cause = cause;
  return error;
}
