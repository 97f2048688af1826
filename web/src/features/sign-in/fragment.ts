/** Secrets travel in the fragment of a link (`/sign-in#token=…`): browsers never send it to a server or a proxy. */
export function tokenOf(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token") || undefined;
}

/** Takes the token out of the address bar and the history, where others could read it. */
export function takeToken(): string | undefined {
  const token = tokenOf(location.hash);
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}
