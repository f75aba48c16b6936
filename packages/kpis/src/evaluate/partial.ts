import type { Dimension } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";

/** What a formula needs to know of one measure: everything else about it is done with integers after this. */
export interface PartialQuery {
  readonly measure: Measure;
  /** Where the facts are placed (by their own time, or by their cohort): from included, to excluded; null is open. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** The facts' own time is at or before this. */
  readonly upToMs: number;
  readonly by: ReadonlyArray<Dimension>;
  /** Each of them has to hold. */
  readonly where: ReadonlyArray<readonly [Dimension, string]>;
  /** `bins`: the percentile bins; `ages`: the ages at `toMs` of what is open in a level. */
  readonly want: "sums" | "bins" | "ages";
}

/** (bin, count, sum in milliseconds). */
export type BinPartial = readonly [bin: number, count: bigint, sum: bigint];

/** One group's share of an answer; a group without any fact is left out. */
export interface GroupPartial {
  /** Values in the order of `by`. */
  readonly group: ReadonlyArray<string>;
  /** Where ages are wanted: how many are open. */
  readonly count: bigint;
  readonly sum: bigint;
  /** Where bins are wanted, in the order of the bins. */
  readonly bins?: ReadonlyArray<BinPartial>;
  /** Where ages are wanted: milliseconds, in order. */
  readonly ages?: ReadonlyArray<number>;
}

/** Who answers queries: slices, ClickHouse, or plain facts. */
export interface PartialSource {
  readonly partials: (query: PartialQuery) => Promise<ReadonlyArray<GroupPartial>>;
}
