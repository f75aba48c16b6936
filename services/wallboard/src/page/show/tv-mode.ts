import { keepScreenAwake } from "./awake-screen.ts";
import { shiftAt } from "./burn-in.ts";

/** The pointer is put away after it has rested for this long. */
const pointerRestMs = 3_000;

/** A television is asked for by `?tv`: the link with the token leads there. */
export const isTvAddress = (search: string): boolean => new URLSearchParams(search).has("tv");

/** Fills the screen at the first sign of a hand: browsers do not allow it without one. */
const fillScreen = (signal: AbortSignal): void => {
  const fill = (): void => {
    if (document.fullscreenElement === null && document.fullscreenEnabled)
      document.documentElement.requestFullscreen().catch(() => undefined);
  };
  for (const sign of ["pointerup", "keydown"]) addEventListener(sign, fill, { signal });
};

const hideRestingPointer = (signal: AbortSignal): void => {
  const { dataset } = document.documentElement;
  let handle: ReturnType<typeof setTimeout> | undefined;
  const moved = (): void => {
    dataset.pointer = "moves";
    clearTimeout(handle);
    handle = setTimeout(() => {
      dataset.pointer = "rests";
    }, pointerRestMs);
  };
  addEventListener("pointermove", moved, { signal });
  moved();
};

/** A screen that nobody sits at: large, full, awake, and never quite in the same place. Lasts as long as the page. */
export const startTvMode = (nowMs: () => number): void => {
  const root = document.documentElement;
  const { signal } = new AbortController();
  root.dataset.mode = "tv";
  keepScreenAwake();
  fillScreen(signal);
  hideRestingPointer(signal);
  const shift = (): void => {
    const [x, y] = shiftAt(nowMs());
    root.style.setProperty("--shift-x", `${x}px`);
    root.style.setProperty("--shift-y", `${y}px`);
  };
  setInterval(shift, 5_000);
  shift();
};
