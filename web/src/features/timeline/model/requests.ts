type Listener = () => void;

let waiting = false;
let listener: Listener | null = null;

/** Asks the timeline for its form of a new event, from wherever on the page; waits until the timeline is shown. */
export function requestNewEvent(): void {
  if (listener) listener();
  else waiting = true;
}

/** Only the timeline that is shown listens. */
export function onNewEventRequest(next: Listener): () => void {
  listener = next;
  if (waiting) {
    waiting = false;
    next();
  }
  return () => {
    if (listener === next) listener = null;
  };
}
