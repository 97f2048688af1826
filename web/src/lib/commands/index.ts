export { isMac, keyCaps } from "./keys";
export { commands, useCommandKeys, useCommandList, useCommands } from "./react";
export { type Command, CommandRegistry } from "./registry";
