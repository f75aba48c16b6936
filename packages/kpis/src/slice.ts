import type { Dimension } from "@leadwire/funnel";

export type Granularity = "minute" | "hour" | "day";

/**
 * A slice: what one topic-partition knows of one series (measure, dimension value) in one stretch of time. Values are
 * absolute, never deltas, so a reader that keeps the highest version can be told twice.
 */
export interface SliceRecord {
  readonly measure: string;
  /** "company" (value "") or a dimension. */
  readonly dimension: "company" | Dimension;
  readonly value: string;
  readonly granularity: Granularity;
  /** Start of the minute, of the local hour or of the local day: an instant. */
  readonly startMs: number;
  /** The percentile bin, or null for the plain count and sum of an unbinned measure. */
  readonly bin: number | null;
  /** The task's input: "funnel", "spend", "accounts" or "plan". */
  readonly origin: string;
  readonly partition: number;
  /** The offset up to which the value counts. */
  readonly version: number;
  readonly count: number;
  /** Whole minor units or milliseconds. */
  readonly sum: number;
}
