/** Live changes: one event stream for the whole page. Says whether it is connected and what has changed. */

export interface Change {
  seq: number;
  noun: "incident" | "event" | "capture" | "analysis" | "person" | "token";
  id: string;
  incident_id: string | null;
  change: "created" | "updated" | "deleted";
  version: number | null;
  by: { id: string; name: string } | null;
}

export type LiveState = "connecting" | "live" | "offline";

/** The part of `EventSource` that is used, so that tests need no browser. */
export interface Stream {
  readyState: number;
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

const CLOSED = 2;
const REOPEN_MS = 5_000;
/** A change alone is told almost at once; what comes in a flood, such as an import, is told in heaps. */
const SOON_MS = 30;
const FLOOD_MS = 500;

export class LiveChannel {
  #state: LiveState = "connecting";
  #stream: Stream | undefined;
  #reopen: ReturnType<typeof setTimeout> | undefined;
  #wasOpen = false;
  #heap: Change[] = [];
  #telling: ReturnType<typeof setTimeout> | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #stateListeners = new Set<() => void>();
  #changeListeners = new Set<(changes: readonly Change[]) => void>();
  #resetListeners = new Set<() => void>();

  constructor(private readonly open: () => Stream) {}

  state = (): LiveState => this.#state;

  start(): void {
    if (this.#stream) return;
    const stream = this.open();
    this.#stream = stream;
    stream.addEventListener("open", () => this.#opened());
    stream.addEventListener("error", () => this.#failed(stream));
    stream.addEventListener("reset", () => this.#missed());
    stream.addEventListener("change", (event) => {
      const change = parseChange(event.data);
      if (change) this.#collect(change);
    });
  }

  stop(): void {
    clearTimeout(this.#reopen);
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#heap = [];
    this.#stream?.close();
    this.#stream = undefined;
    this.#wasOpen = false;
    this.#set("connecting");
  }

  onState = (listener: () => void): (() => void) => add(this.#stateListeners, listener);
  onChange = (listener: (changes: readonly Change[]) => void): (() => void) =>
    add(this.#changeListeners, listener);
  /** Called when changes may have been missed: everything shown has to be asked for again. */
  onReset = (listener: () => void): (() => void) => add(this.#resetListeners, listener);

  #collect(change: Change): void {
    this.#heap.push(change);
    const isFlood = Date.now() - this.#toldAt < FLOOD_MS;
    this.#telling ??= setTimeout(() => this.#tell(), isFlood ? FLOOD_MS : SOON_MS);
  }

  #tell(): void {
    const changes = this.#heap;
    this.#heap = [];
    this.#telling = undefined;
    this.#toldAt = Date.now();
    for (const listener of this.#changeListeners) listener(changes);
  }

  #opened(): void {
    this.#set("live");
    // The browser's own reconnection sends Last-Event-ID; a stream made anew cannot.
    if (this.#wasOpen && this.#reopen !== undefined) this.#missed();
    this.#reopen = undefined;
    this.#wasOpen = true;
  }

  #failed(stream: Stream): void {
    this.#set("offline");
    if (stream.readyState !== CLOSED || stream !== this.#stream) return;
    stream.close();
    this.#stream = undefined;
    this.#reopen = setTimeout(() => this.start(), REOPEN_MS);
  }

  #missed(): void {
    for (const listener of this.#resetListeners) listener();
  }

  #set(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }
}

function add<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isChange(value: unknown): value is Change {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof Reflect.get(value, "noun") === "string" &&
    typeof Reflect.get(value, "change") === "string"
  );
}

export function parseChange(data: unknown): Change | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return isChange(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Which cached answers changes make stale, each once. */
export function staleKeys(changes: readonly Change[]): string[][] {
  const keys = changes.flatMap(keysOf);
  return [...new Map(keys.map((key) => [key.join(" "), key])).values()];
}

function keysOf(change: Change): string[][] {
  switch (change.noun) {
    case "incident":
      return [["incidents"], ["incident", change.id]];
    case "event":
    case "capture":
    case "analysis":
      return [["incidents"], ["incident", change.incident_id ?? change.id]];
    case "person":
      return [["people"], ["invitations"]];
    case "token":
      return [["tokens"]];
  }
}

export const live = new LiveChannel(() => new EventSource("/api/v1/live"));
