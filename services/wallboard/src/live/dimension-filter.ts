import type { Dimension } from "@leadwire/funnel";

/** Whether something has every value that is asked for. */
export const passesAll = (
  filters: ReadonlyArray<readonly [Dimension, string]>,
  dimensions: Readonly<Record<Dimension, string>>,
): boolean => filters.every(([dimension, value]) => dimensions[dimension] === value);
