import type { Role } from "../../api";

/** From the least to the most that one may do. */
export const ROLES: readonly Role[] = ["viewer", "commenter", "editor", "admin"];

/** The roles one may give away: nobody gives more than they have. */
export function rolesUpTo(role: Role): Role[] {
  return ROLES.slice(0, ROLES.indexOf(role) + 1);
}

export function toRole(value: string, otherwise: Role): Role {
  return ROLES.find((role) => role === value) ?? otherwise;
}
