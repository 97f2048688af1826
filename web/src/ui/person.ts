const COLOURS = 6;

/** The same person has the same colour everywhere and always: 1 to 6, as in the tokens `--p1` to `--p6`. */
export function personColour(id: string): number {
  let hash = 0;
  for (const character of id) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return (Math.abs(hash) % COLOURS) + 1;
}

export function initial(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? "?";
}
