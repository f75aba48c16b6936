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
  /** Only facts that state a cost. */
  readonly knownCostOnly?: true;
  /**
   * What `sum` adds up. `count` always adds the fact's own count (±1). Facts without a duration are left out of a
   * measure of durations; `unitsMilli` are thousandths of the fact's units.
   */
  readonly value: "none" | "amountMinor" | "costMinor" | "unitsMilli" | "durationMs" | "businessMs";
  /** Kept as (bin, count, sum), for percentiles and weighed sums. Of `businessMs` its own bin, else the fact's `bin`. */
  readonly binned: boolean;
  /** A level: read as the sum of everything before an instant, never over a window. */
  readonly level: boolean;
  /** Facts are placed by their own time, or by the creation of their lead (cohort numerators). */
  readonly placedBy: "at" | "cohort";
  readonly dimensions: ReadonlyArray<Dimension>;
  /**
   * The dimensions that slices are kept by, beside the company's: all of them where not stated. `none` keeps no slices:
   * the measure is answered from facts.
   */
  readonly slicedBy?: ReadonlyArray<Dimension> | "none";
}

/** The dimensions that slices of a measure are kept by; undefined where it has no slices at all. */
export const slicedByOf = ({ slicedBy, dimensions }: Measure): ReadonlyArray<Dimension> | undefined =>
  slicedBy === "none" ? undefined : (slicedBy ?? dimensions);

/** What a sum is divided by where people read it: milliseconds are told in seconds, thousandths as units. */
export const toldScale = ({ value }: Measure): number =>
  value === "durationMs" || value === "businessMs" || value === "unitsMilli" ? 1000 : 1;
