import { queryOptions } from "@tanstack/react-query";
import { client, done, unwrap } from "./client";
import { ApiError } from "./error";
import type { OwnSession, Page, Session } from "./types";

/** Who is signed in, or null. */
export async function getSession(signal?: AbortSignal): Promise<Session | null> {
  try {
    return await unwrap(client.GET("/api/v1/session", { signal: signal ?? null }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export const signIn = (email: string, password: string): Promise<Session> =>
  unwrap(client.POST("/api/v1/session", { body: { email, password } }));

export const signInByLink = (token: string): Promise<Session> =>
  unwrap(client.POST("/api/v1/session/link", { body: { token } }));

export const signOut = (): Promise<void> => done(client.DELETE("/api/v1/session"));

/** Signs out of one browser, of this one too. */
export const endSession = (session_id: string): Promise<void> =>
  done(client.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id } } }));

export const endOtherSessions = (): Promise<void> => done(client.DELETE("/api/v1/sessions"));

export const setPassword = (password: string, current?: string): Promise<void> =>
  done(
    client.PUT("/api/v1/session/password", {
      body: current === undefined ? { password } : { current, password },
    }),
  );

export const savePreferences = (preferences: Record<string, string>): Promise<void> =>
  done(client.PATCH("/api/v1/session/preferences", { body: preferences }));

export const getSetup = (): Promise<{ needed: boolean }> => unwrap(client.GET("/api/v1/setup"));

export const setUp = (first: {
  token: string;
  name: string;
  email: string;
  password: string;
}): Promise<Session> => unwrap(client.POST("/api/v1/setup", { body: first }));

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => getSession(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The browsers in which one is signed in, latest first. Nothing tells of one more, so it is asked each time. */
export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }): Promise<Page<OwnSession>> => unwrap(client.GET("/api/v1/sessions", { signal })),
  staleTime: 0,
});
