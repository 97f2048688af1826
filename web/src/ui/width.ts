import { useMediaQuery } from "@mantine/hooks";

const PHONE_PX = 720;

/** Whether the window is at most this wide, from the first rendering on. */
export const useAtMost = (px: number): boolean =>
  useMediaQuery(`(max-width: ${px}px)`, undefined, { getInitialValueInEffect: false });

/** Whether the layout is the one for a hand. Style sheets say the same width. */
export const usePhone = (): boolean => useAtMost(PHONE_PX);
