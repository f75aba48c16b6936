import type { Dimension } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";
import type { PlanEntry } from "../plan-book.ts";

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
  /** Only facts of deals that are expected to close from (included) to (excluded); null is open. */
  readonly due?: { readonly fromMs: number | null; readonly toMs: number | null };
  /**
   * `bins`: the percentile bins; `ages`: the ages at `toMs` of what is open in a level; `ends`: a level of accounts
   * before `fromMs`, each compared with what it is before `toMs`.
   */
  readonly want: "sums" | "bins" | "ages" | "ends";
}

/** (bin, count, sum in milliseconds, minor units or thousandths). */
export type BinPartial = readonly [bin: number, count: bigint, sum: bigint];

/** Of the accounts that stood at the start: how many still do at the end, their sum then, and the lesser of both sums. */
export interface EndsPartial {
  readonly kept: bigint;
  readonly endSum: bigint;
  readonly lesserSum: bigint;
}

/** One group's share of an answer; a group without any fact is left out. */
export interface GroupPartial {
  /** Values in the order of `by`. */
  readonly group: ReadonlyArray<string>;
  /** Where ages are wanted: how many are open. Where ends are: how many accounts stood at the start. */
  readonly count: bigint;
  /** Where ends are wanted: what those accounts summed to at the start. */
  readonly sum: bigint;
  /** Where bins are wanted, in the order of the bins. */
  readonly bins?: ReadonlyArray<BinPartial>;
  /** Where ages are wanted: milliseconds, in order. */
  readonly ages?: ReadonlyArray<number>;
  /** Where ends are wanted. */
  readonly ends?: EndsPartial;
}

/** Who answers queries: slices, ClickHouse, or plain facts. */
export interface PartialSource {
  readonly partials: (query: PartialQuery) => Promise<ReadonlyArray<GroupPartial>>;
  /** Every target and forecast; where absent, nothing is held against a target. */
  readonly planEntries?: () => Promise<ReadonlyArray<PlanEntry>>;
}
