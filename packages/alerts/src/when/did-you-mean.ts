import { nearestName } from "@leadwire/kpis";

/** `Did you mean win_rate?`; undefined where nothing is near. */
export const didYouMean = (found: string, known: Iterable<string>): string | undefined => {
  const nearest = nearestName(found, known);
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
};
