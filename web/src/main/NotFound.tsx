import { NowhereState } from "../ui";

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <main>
      <NowhereState />
    </main>
  );
}
