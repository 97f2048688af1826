import { type ComponentType, cloneElement, type ReactElement, useState } from "react";

/** What a menu that is loaded on demand is given: its button, and that it opens at once. */
export interface OnDemandProps {
  target: ReactElement;
  defaultOpened: boolean;
}

interface Props {
  load: () => Promise<{ default: ComponentType<OnDemandProps> }>;
  target: ReactElement<{
    onPointerEnter?: () => void;
    onFocus?: () => void;
    onClick?: () => void;
    "aria-haspopup"?: "menu";
    "aria-expanded"?: boolean;
  }>;
}

/** Fetches a menu when someone reaches for its button, so that the first page does not wait for it. The button is
 * replaced only by the click that opens the menu: a focus that arrives by keyboard stays where it is. */
export function OnDemand({ load, target }: Props) {
  const [Loaded, setLoaded] = useState<ComponentType<OnDemandProps>>();
  if (Loaded) return <Loaded target={target} defaultOpened />;
  const fetchEarly = () => void load().catch(() => undefined);
  return cloneElement(target, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: fetchEarly,
    onFocus: fetchEarly,
    onClick: () => void load().then((module) => setLoaded(() => module.default)),
  });
}
