import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { type LiveState, live } from "./live";
import { sessionQuery } from "./session";
import type { Session } from "./types";

/** Who is signed in; null before that, and as soon as the server says that the session has ended. */
export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(live.onState, live.state, live.state);
}
