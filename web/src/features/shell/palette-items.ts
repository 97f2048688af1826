import type { Command } from "../../lib/commands";

/** The commands that match all words of the query, in their order; best are those whose title begins with it. */
export function matchCommands(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const offered = commands.filter((command) => command.inPalette !== false);
  const found = offered.filter((command) => {
    const text = [command.title, command.group, ...(command.keywords ?? [])].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = (command: Command) => Number(command.title.toLowerCase().startsWith(words[0] ?? ""));
  return found.sort((left, right) => begins(right) - begins(left));
}

/** Commands under their headings, headings in the order of their first command. */
export function groupCommands(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const group = groups.get(command.group);
    if (group) group.push(command);
    else groups.set(command.group, [command]);
  }
  return [...groups];
}
