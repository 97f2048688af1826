import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const KEY = "fupan.drawer";
const LEAST = 320;
const MOST = 720;
const USUAL = 384;
const STEP = 16;

const clamp = (width: number): number => Math.round(Math.min(Math.max(width, LEAST), MOST));

function kept(): number {
  const width = Number(globalThis.localStorage?.getItem(KEY));
  return width > 0 ? clamp(width) : USUAL;
}

/** The width of the drawer, dragged or moved by arrow keys, remembered by this browser. */
export function useWidth() {
  const { t } = useTranslation("timeline");
  const [width, setWidth] = useState(kept);
  const start = useRef<{ x: number; width: number } | null>(null);
  const set = (next: number) => {
    setWidth(clamp(next));
    globalThis.localStorage?.setItem(KEY, String(clamp(next)));
  };
  const handle = {
    role: "separator",
    tabIndex: 0,
    "aria-orientation": "vertical" as const,
    "aria-label": t("drawer.resize"),
    "aria-valuenow": width,
    "aria-valuemin": LEAST,
    "aria-valuemax": MOST,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, width };
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current) set(start.current.width + start.current.x - event.clientX);
    },
    onPointerUp: () => {
      start.current = null;
    },
    onDoubleClick: () => set(USUAL),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      event.stopPropagation();
      set(width + (event.key === "ArrowLeft" ? STEP : -STEP));
    },
  };
  return { width, handle };
}
