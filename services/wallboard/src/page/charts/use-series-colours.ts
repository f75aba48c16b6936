import { useRef } from "preact/hooks";
import { assignColours } from "./series-colours.ts";

/** The colours of a tile's series, kept from one drawing to the next. */
export const useSeriesColours = (names: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const kept = useRef<ReadonlyMap<string, number>>(new Map());
  kept.current = assignColours(kept.current, names);
  return kept.current;
};
