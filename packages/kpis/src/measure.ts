import type { Dimension, FactKind, FactOutcome } from "@leadwire/funnel";

/**
 * A measure: which facts are counted, which of their values is summed, and by what. Slices (partial aggregates per
 * measure, dimension value and time) exist for each; formulas over measures are metrics.
 */
export interface Measure {
  readonly id: string;
  readonly kind: FactKind;
  /** Only facts with one of these outcomes; undefined takes all. */
  readonly outcomes?: ReadonlyArray<FactOutcome>;
  /** Only facts whose amount is above 0. */
  readonly positiveAmountOnly?: true;
  /** What `sum` adds up. `count` always adds the fact's own count (±1). */
  readonly value: "none" | "amountMinor" | "durationMs";
  /** Bins (bin, count, sum) for percentiles of durationMs; facts without a duration are left out. */
  readonly binned: boolean;
  /** A level: read as the sum of everything before an instant, never over a window. */
  readonly level: boolean;
  /** Facts are placed by their own time, or by the creation of their lead (cohort numerators). */
  readonly placedBy: "at" | "cohort";
  readonly dimensions: ReadonlyArray<Dimension>;
}
