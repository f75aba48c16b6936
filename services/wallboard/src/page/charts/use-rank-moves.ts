import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const moveMs = 600;

const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How far a row is from its place just now, where a move has not ended yet. */
const offsetOf = (row: Element): number =>
  row.getAnimations().length === 0 ? 0 : new DOMMatrixReadOnly(getComputedStyle(row).transform).m42;

const glide = (row: HTMLElement, fromPx: number, isRising: boolean): void => {
  for (const running of row.getAnimations()) running.cancel();
  const layer = { zIndex: isRising ? 2 : 1, backgroundColor: "var(--surface)" };
  row.animate(
    [
      { ...layer, transform: `translateY(${fromPx}px)` },
      { ...layer, transform: "none" },
    ],
    { duration: moveMs, easing: "cubic-bezier(0.2, 0, 0, 1)" },
  );
};

/**
 * First, last, invert, play: rows stand in their new order at once, as a screen reader meets them, and glide there from
 * where they were. Places are known without asking the browser, because every row has the same height.
 */
export const useRankMoves = (list: RefObject<HTMLElement | null>, keys: ReadonlyArray<string>, rowPx: number): void => {
  const before = useRef<ReadonlyArray<string>>(keys);
  useLayoutEffect(() => {
    const places = before.current;
    before.current = keys;
    if (list.current === null || keys.every((key, place) => places[place] === key) || isStill()) return;
    for (const row of list.current.children) {
      if (!(row instanceof HTMLElement)) continue;
      const key = row.dataset.key ?? "";
      const [was, is] = [places.indexOf(key), keys.indexOf(key)];
      if (was < 0 || was === is) continue;
      glide(row, (was - is) * rowPx + offsetOf(row), is < was);
    }
  });
};
