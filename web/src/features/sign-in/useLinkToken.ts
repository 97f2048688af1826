import { useEffect, useState } from "react";
import { takeToken } from "./fragment";

/** By page. The token leaves the address before anything is drawn, whatever is rendered twice. */
const taken = new Map<string, string>();

function take(): string | undefined {
  const token = takeToken();
  if (token) taken.set(location.pathname, token);
  return taken.get(location.pathname);
}

/** It has been used: coming back to the page must not use it again. */
export function forgetToken(): void {
  taken.delete(location.pathname);
}

/** The token of the link that opened this page, or of one that was pasted over it: only the fragment differs, so the
 * browser loads nothing anew. */
export function useLinkToken(): string | undefined {
  const [token, setToken] = useState(take);
  useEffect(() => {
    const again = () => setToken((before) => take() ?? before);
    addEventListener("hashchange", again);
    return () => removeEventListener("hashchange", again);
  }, []);
  return token;
}
