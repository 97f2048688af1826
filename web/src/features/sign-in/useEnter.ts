import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type Session, sessionQuery } from "../../api";

/** Goes into the product with a session just made. */
export function useEnter(): (session: Session, next?: string) => void {
  const queries = useQueryClient();
  const router = useRouter();
  return (session, next) => {
    queries.setQueryData(sessionQuery.queryKey, session);
    router.history.replace(next ?? "/incidents");
  };
}
