import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChartBox } from "./chart-box.ts";

const listeners = new WeakMap<Element, (box: ChartBox) => void>();

/** One observer for all charts: its callback runs after layout and before paint, so nothing is drawn in a wrong size. */
const observe = (() => {
  let observer: ResizeObserver | undefined;
  return (): ResizeObserver => {
    observer ??= new ResizeObserver((entries) => {
      const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      for (const { target, contentRect } of entries)
        listeners.get(target)?.({ widthPx: contentRect.width, heightPx: contentRect.height, remPx });
    });
    return observer;
  };
})();

/** The size of an element, null until it is known; a chart is drawn in its own pixels, so that text is never stretched. */
export const useChartBox = (): readonly [RefObject<HTMLDivElement | null>, ChartBox | null] => {
  const ref = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<ChartBox | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    listeners.set(element, setBox);
    observe().observe(element);
    return () => observe().unobserve(element);
  }, []);
  return [ref, box];
};
