/** The hash that begins every generation's name. */
const hashLength = 12;

/**
 * The hash of what a generation folds with, from its name: a rebuild with the same folding has a suffix behind it
 * (`r2`, `r3`), since its tables and topics must be others than those that serve.
 */
export const foldingOf = (generation: string): string => generation.slice(0, hashLength);

/** A name for one more generation that folds with `hash`, none of those `taken`. */
export const freeGeneration = (hash: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(hash)) return hash;
  for (let n = 2; ; n += 1) if (!taken.has(`${hash}r${n}`)) return `${hash}r${n}`;
};
