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

/** Whether a caller gave up on its own call: nothing to report. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
