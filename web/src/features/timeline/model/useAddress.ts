import { useEffect, useRef } from "react";
import type { Incident } from "../../../api";
import { type AddressState, writeAddress } from "../engine/address";
import type { Span } from "../engine/view";
import type { Session } from "./session";
import { boundsOf, homeOf } from "./window";

/** The address follows the view once it rests; browsers refuse more than a few changes a second. */
const REST_MS = 350;

const same = (one: AddressState, other: AddressState): boolean =>
  JSON.stringify(writeAddress(one)) === JSON.stringify(writeAddress(other));

/** Board and address say the same: what the reader does is written, what they go back to is read. */
export function useAddress(
  { board }: Session,
  address: AddressState,
  onAddress: (state: AddressState) => void,
): void {
  const written = useRef(address);
  const tell = useRef(onAddress);
  tell.current = onAddress;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      const state = board.address();
      if (same(state, written.current)) return;
      written.current = state;
      tell.current(state);
    };
    const stop = board.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(write, REST_MS);
    });
    write();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [board]);

  useEffect(() => {
    if (same(address, written.current)) return;
    written.current = address;
    const { view, ...chosen } = address;
    board.set({ ...chosen, open: address.selected !== null });
    board.look(view ?? board.get().home);
  }, [board, address]);
}

/** The window grows with what is added, without moving the reader's view. */
export function useBounds({ board }: Session, incident: Incident, extent: Span | null): void {
  const { window, started_at, detected_at, mitigated_at, resolved_at } = incident;
  const key = JSON.stringify([window, started_at, detected_at, mitigated_at, resolved_at, extent]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names all times that matter
  useEffect(() => {
    const bounds = boundsOf(incident, extent);
    const before = board.get();
    const home = homeOf(incident, bounds);
    const unchanged = before.bounds.start === bounds.start && before.bounds.end === bounds.end;
    if (unchanged && before.home.start === home.start && before.home.end === home.end) return;
    const atHome = before.view.start === before.home.start && before.view.end === before.home.end;
    board.setBounds(bounds, home);
    if (atHome) board.look(home);
  }, [board, key]);
}
