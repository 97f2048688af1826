import { ApiError } from "../lib/failure";
import type { Problem } from "./types";

export { ApiError } from "../lib/failure";

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
