/** Addresses that a person can read: `?severity=sev1,sev2&q=lock`, all values text. Each route reads its own. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === "") continue;
    parameters.set(name, String(value));
  }
  // Commas and colons are allowed in a query and read better as themselves.
  const text = parameters.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}
