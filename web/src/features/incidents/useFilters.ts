import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Filters, readFilters, writeFilters } from "./filters";

/** The filters of the address, and how to change them. Typing replaces the entry in the history, choosing adds one. */
export function useFilters(): [Filters, (filters: Filters, typing?: "typing") => void] {
  const search = useSearch({ from: "/shell/incidents" });
  const navigate = useNavigate({ from: "/incidents" });
  const filters = useMemo(() => readFilters(search), [search]);
  return [
    filters,
    (next, typing) => void navigate({ search: writeFilters(next), replace: typing === "typing" }),
  ];
}
