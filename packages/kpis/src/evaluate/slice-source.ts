import type { Dimension } from "@leadwire/funnel";
import type { BinPartial, GroupPartial, PartialQuery } from "./partial.ts";
import { coverOf, type SliceGrid, type SliceStretch } from "./slice-cover.ts";
import { isSliced } from "./sliced-query.ts";

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

interface Sum {
  count: number;
  sum: number;
}

/** Beyond this two doubles may no longer add up exactly. */
const exactMax = Number.MAX_SAFE_INTEGER;

/** Slices are doubles that hold integers, and so are their sums: a sum that a double cannot hold is a broken invariant. */
const add = (into: Map<number, Sum>, bin: number, count: number, sum: number): void => {
  const held = into.get(bin);
  if (held === undefined) into.set(bin, { count, sum });
  else {
    held.count += count;
    held.sum += sum;
    if (Math.abs(held.sum) > exactMax) throw new RangeError(`slices add up to ${held.sum}: more than is held exactly`);
  }
};

/** The one bin of a measure without bins. */
const noBin = -1;

const partialOf = (value: string, query: PartialQuery, byBin: ReadonlyMap<number, Sum>): GroupPartial => {
  let count = 0;
  let sum = 0n;
  for (const held of byBin.values()) {
    count += held.count;
    sum += BigInt(held.sum);
  }
  const group = query.by.length === 0 ? [] : [value];
  if (query.want !== "bins") return { group, count: BigInt(count), sum };
  const bins: Array<BinPartial> = [];
  for (const bin of Float64Array.from(byBin.keys()).sort()) {
    const held = byBin.get(bin) as Sum;
    if (held.count !== 0) bins.push([bin, BigInt(held.count), BigInt(held.sum)]);
  }
  return { group, count: BigInt(count), sum, bins };
};

/** Answers from slices, or undefined where they cannot (`canServe`). Groups that are empty again are left out. */
export const partialsOfSlices = (reader: SliceReader, query: PartialQuery): ReadonlyArray<GroupPartial> | undefined => {
  const stretches = stretchesOf(query, reader.grid);
  if (stretches === undefined) return undefined;
  const groups = new Map<string, Map<number, Sum>>();
  const visitor = (value: string, bin: number | null, count: number, sum: number): void => {
    const byBin = groups.get(value) ?? new Map<number, Sum>();
    groups.set(value, byBin);
    add(byBin, bin ?? noBin, count, sum);
  };
  for (const stretch of stretches) reader.visit(query.measure.id, query.by[0] ?? "company", stretch, visitor);
  return [...groups]
    .map(([value, byBin]) => partialOf(value, query, byBin))
    .filter((partial) => partial.count !== 0n || partial.sum !== 0n);
};
