import { Outlet } from "@tanstack/react-router";
import { useCommandKeys } from "../../lib/commands";

export function Shell() {
  useCommandKeys();
  return (
    <main>
      <Outlet />
    </main>
  );
}
