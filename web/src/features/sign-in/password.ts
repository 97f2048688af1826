export const PASSWORD_MIN = 12;

/** How far a new password is from being taken: length beats composition. */
export function passwordGap(password: string): number {
  return Math.max(0, PASSWORD_MIN - [...password].length);
}
