import { editDistance } from "./edit-distance.ts";

/** What somebody who wrote `found` most probably meant; undefined where nothing is near. The first of equals. */
export const nearestName = (found: string, known: Iterable<string>): string | undefined => {
  const wanted = found.toLowerCase().replaceAll(/[-\s]/gu, "_").slice(0, 80);
  let nearest: string | undefined;
  // With every letter another, nothing is left of it.
  let least = Math.min(wanted.length, Math.max(1, Math.floor(wanted.length / 3)) + 1);
  for (const name of known) {
    const edits = editDistance(wanted, name.toLowerCase());
    if (edits < least) [nearest, least] = [name, edits];
  }
  return nearest;
};
