import { beforeEach, describe, expect, it } from "vitest";
import { KeyDispatcher, type KeyPress, keyCaps } from "./keys";
import { type Command, CommandRegistry } from "./registry";

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  repeat: false,
  inField: false,
  ...rest,
});

let ran: string[];
let registry: CommandRegistry;
let clock: number;
let keys: KeyDispatcher;
const command = (id: string, keyNames: string): Command => ({
  id,
  title: id,
  group: "test",
  keys: keyNames,
  run: () => ran.push(id),
});

beforeEach(() => {
  ran = [];
  clock = 0;
  registry = new CommandRegistry();
  keys = new KeyDispatcher(registry, () => clock);
});

describe("keys", () => {
  it("run the command that owns them", () => {
    registry.add([command("declare", "c"), command("sheet", "?")]);
    expect(keys.press(press("c"))).toBe(true);
    expect(keys.press(press("?", { shiftKey: true }))).toBe(true);
    expect(keys.press(press("q"))).toBe(false);
    expect(ran).toEqual(["declare", "sheet"]);
  });

  it("are ignored in fields and while an input method composes, except with Ctrl", () => {
    registry.add([command("declare", "c"), command("palette", "mod+k")]);
    keys.press(press("c", { inField: true }));
    keys.press(press("c", { isComposing: true }));
    keys.press(press("k", { ctrlKey: true, isComposing: true }));
    expect(ran).toEqual([]);
    keys.press(press("k", { metaKey: true, inField: true }));
    expect(ran).toEqual(["palette"]);
  });

  it("make sequences that lapse", () => {
    registry.add([command("go", "g i"), command("import", "i")]);
    expect(keys.press(press("g"))).toBe(true);
    keys.press(press("i"));
    keys.press(press("g"));
    clock += 5000;
    keys.press(press("i"));
    expect(ran).toEqual(["go", "import"]);
  });

  it("belong to the page added last, and return to the earlier one", () => {
    registry.add([command("declare", "c")]);
    const remove = registry.add([command("event", "c")]);
    keys.press(press("c"));
    remove();
    keys.press(press("c"));
    expect(ran).toEqual(["event", "declare"]);
  });

  it("belong to the page, even when the shell around it comes later", () => {
    registry.add([command("find in list", "/"), command("declare", "c")]);
    registry.add([command("palette", "/"), { ...command("declare", "c"), keys: undefined }], "shell");
    keys.press(press("/"));
    keys.press(press("c"));
    expect(ran).toEqual(["find in list", "declare"]);
  });

  it("read as key caps", () => {
    expect(keyCaps("mod+k", true)).toEqual(["⌘", "K"]);
    expect(keyCaps("mod+k", false)).toEqual(["Ctrl", "K"]);
    expect(keyCaps("g i", false)).toEqual(["G", "I"]);
    expect(keyCaps("shift+j", false)).toEqual(["Shift", "J"]);
  });
});
