import { IMPORT_LIMIT_BYTES, type Incident } from "../../api";
import { isAbort } from "../../lib/failure";

export type UploadState =
  | { step: "idle" }
  | { step: "refused"; name: string; reason: "type" | "size" | "empty" }
  | { step: "sending"; name: string; share: number }
  | { step: "storing"; name: string }
  | { step: "failed"; name: string; error: unknown }
  | { step: "done"; incident: Incident };

export type SendCapture = (
  file: Blob,
  options: { onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<Incident>;

type CaptureFile = Blob & { readonly name: string };

/** One import of a capture archive, from the drop to the incident that it became. */
export class Upload {
  #state: UploadState = { step: "idle" };
  #abort: AbortController | undefined;
  #last: CaptureFile | undefined;
  #listeners = new Set<() => void>();

  constructor(private readonly send: SendCapture) {}

  state = (): UploadState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async start(file: CaptureFile): Promise<void> {
    const reason = refusal(file);
    if (reason) return this.#set({ step: "refused", name: file.name, reason });
    this.#last = file;
    const abort = new AbortController();
    this.#abort = abort;
    this.#set({ step: "sending", name: file.name, share: 0 });
    try {
      const incident = await this.send(file, {
        onProgress: (share) => this.#progress(file.name, share),
        signal: abort.signal,
      });
      this.#set({ step: "done", incident });
    } catch (error) {
      this.#set(isAbort(error) ? { step: "idle" } : { step: "failed", name: file.name, error });
    }
  }

  retry(): void {
    if (this.#last) void this.start(this.#last);
  }

  /** Stops sending; what the server has not stored leaves no trace. */
  cancel(): void {
    this.#abort?.abort();
    if (this.#state.step !== "sending" && this.#state.step !== "storing") this.#set({ step: "idle" });
  }

  #progress(name: string, share: number): void {
    this.#set(share >= 1 ? { step: "storing", name } : { step: "sending", name, share });
  }

  #set(state: UploadState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function refusal(file: CaptureFile): "type" | "size" | "empty" | undefined {
  if (!file.name.toLowerCase().endsWith(".zip")) return "type";
  if (file.size === 0) return "empty";
  return file.size > IMPORT_LIMIT_BYTES ? "size" : undefined;
}
