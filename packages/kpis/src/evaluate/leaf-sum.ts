import type { BinPartial, EndsPartial, GroupPartial } from "./partial.ts";
import type { PlannedQuery } from "./query-planner.ts";

/** What the queries of one leaf found for one group, added up. */
export interface LeafSum {
  /** Facts (of levels: signed), open ages, or accounts at the start. */
  count: bigint;
  sum: bigint;
  /** The count or the sum, as each query's term takes it. */
  taken: bigint;
  bins: ReadonlyArray<BinPartial>;
  ages: ReadonlyArray<number>;
  ends: EndsPartial;
  /** Where the query groups by one dimension more: what each part takes. */
  readonly parts: Array<readonly [name: string, taken: bigint]>;
}

const noEnds: EndsPartial = { kept: 0n, endSum: 0n, lesserSum: 0n };

export const emptyLeaf = (): LeafSum => ({
  count: 0n,
  sum: 0n,
  taken: 0n,
  bins: [],
  ages: [],
  ends: noEnds,
  parts: [],
});

/** Adds one query's share of a group. */
export const addPartial = (leaf: LeafSum, planned: PlannedQuery, partial: GroupPartial): void => {
  const taken = planned.take === "count" ? partial.count : partial.sum;
  leaf.count += partial.count;
  leaf.sum += partial.sum;
  leaf.taken += taken;
  if (partial.bins !== undefined) leaf.bins = partial.bins;
  if (partial.ages !== undefined) leaf.ages = partial.ages;
  if (partial.ends !== undefined) leaf.ends = partial.ends;
  if (planned.partsAt !== undefined) leaf.parts.push([partial.group[planned.partsAt] ?? "", taken]);
};
