/** Something was done and can be taken back for a while. At most one offer stands: the last. */
export interface UndoOffer {
  id: number;
  message: string;
  undo: () => void;
}

const OFFER_MS = 8000;

export class UndoStore {
  #offer: UndoOffer | undefined;
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Set<() => void>();

  offer(message: string, undo: () => void): void {
    this.#count += 1;
    this.#set({ id: this.#count, message, undo });
    this.resume();
  }

  undo(): void {
    const offer = this.#offer;
    this.dismiss();
    offer?.undo();
  }

  dismiss = (): void => {
    clearTimeout(this.#timer);
    this.#set(undefined);
  };

  /** Holds the offer while someone is on it. */
  pause = (): void => clearTimeout(this.#timer);

  resume = (): void => {
    clearTimeout(this.#timer);
    if (this.#offer) this.#timer = setTimeout(this.dismiss, OFFER_MS);
  };

  current = (): UndoOffer | undefined => this.#offer;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(offer: UndoOffer | undefined): void {
    this.#offer = offer;
    for (const listener of this.#listeners) listener();
  }
}
