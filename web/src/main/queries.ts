import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, live, sessionQuery, staleKeys } from "../api";

/** One cache of answers for the page. A session that has ended anywhere is forgotten everywhere. */
export function makeQueries(): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401) queries.setQueryData(sessionQuery.queryKey, null);
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Live changes say what is stale, so coming back to a tab asks for nothing.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && error instanceof ApiError && error.isTransient,
      },
    },
  });
  live.onChange((changes) => {
    for (const queryKey of staleKeys(changes)) void queries.invalidateQueries({ queryKey });
  });
  live.onReset(() => void queries.invalidateQueries());
  return queries;
}
