/** Two stones on a crossing of the board. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 1.5v21M1.5 12h21" stroke="var(--ink-faint)" />
      <circle cx="9.2" cy="12" r="5.7" fill="var(--ink)" />
      <circle cx="15.6" cy="12" r="5.2" fill="var(--surface)" stroke="var(--ink)" strokeWidth="1.3" />
    </svg>
  );
}
