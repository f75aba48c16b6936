import type { Dimension } from "@leadwire/funnel";
import type { GroupPartial, PartialQuery } from "./partial.ts";
import { coverOf, type SliceGrid, type SliceStretch } from "./slice-cover.ts";
import { SliceSums } from "./slice-sums.ts";
import { isSliced } from "./sliced-query.ts";

const spareSumsMax = 256;

/** Merged slices, of all partitions: what a live view holds. */
export interface SliceReader {
  readonly grid: SliceGrid;
  /** Visits every slice of a measure by one dimension (or the company's, value "") that begins in [fromMs, toMs). */
  readonly visit: (
    measureId: string,
    dimension: "company" | Dimension,
    stretch: SliceStretch,
    visitor: (value: string, bin: number | null, count: number, sum: number) => void,
  ) => void;
}

/**
 * Whether nothing that the slices hold up to the query's end lies after `upToMs`. Facts may: a deadline ahead, or a
 * cohort's win that came later.
 */
const cutsNothing = (query: PartialQuery, newestMs: number): boolean => {
  if (newestMs <= query.upToMs) return true;
  return query.measure.placedBy === "at" && query.toMs !== null && query.toMs <= query.upToMs + 1;
};

const stretchesOf = (query: PartialQuery, grid: SliceGrid): ReadonlyArray<SliceStretch> | undefined => {
  if (!isSliced(query)) return undefined;
  if (!cutsNothing(query, grid.newestMs(query.measure.id))) return undefined;
  return coverOf(query.fromMs, query.toMs, grid);
};

/** Whether slices give the exact answer: no filter, at most one dimension, edges on kept slices, nothing cut off. */
export const canServe = (query: PartialQuery, grid: SliceGrid): boolean => stretchesOf(query, grid) !== undefined;

/** Sums that are out of use, for the next question: a live view asks many a second. */
const spareSums: Array<SliceSums> = [];

const partialOf = (value: string, query: PartialQuery, sums: SliceSums): GroupPartial => ({
  group: query.by.length === 0 ? [] : [value],
  count: BigInt(sums.count),
  sum: BigInt(sums.sum),
  ...(query.want === "bins" ? { bins: sums.bins() } : {}),
});

/** Answers from slices, or undefined where they cannot (`canServe`). Groups that are empty again are left out. */
export const partialsOfSlices = (reader: SliceReader, query: PartialQuery): ReadonlyArray<GroupPartial> | undefined => {
  const stretches = stretchesOf(query, reader.grid);
  if (stretches === undefined) return undefined;
  const byBin = query.want === "bins";
  const groups = new Map<string, SliceSums>();
  const visitor = (value: string, bin: number | null, count: number, sum: number): void => {
    let sums = groups.get(value);
    if (sums === undefined) {
      sums = spareSums.pop() ?? new SliceSums();
      groups.set(value, sums);
    }
    if (byBin && bin !== null) sums.addBin(bin, count, sum);
    else sums.add(count, sum);
  };
  for (const stretch of stretches) reader.visit(query.measure.id, query.by[0] ?? "company", stretch, visitor);
  const partials: Array<GroupPartial> = [];
  for (const [value, sums] of groups) {
    if (sums.count !== 0 || sums.sum !== 0) partials.push(partialOf(value, query, sums));
    sums.clear();
    if (spareSums.length < spareSumsMax) spareSums.push(sums);
  }
  return partials;
};
