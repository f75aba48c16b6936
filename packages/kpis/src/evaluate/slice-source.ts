import type { Dimension } from "@leadwire/funnel";
import type { BinPartial, GroupPartial, PartialQuery } from "./partial.ts";
import { coverOf, type SliceGrid, type SliceStretch } from "./slice-cover.ts";

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
  if (query.where.length > 0 || query.by.length > 1 || query.due !== undefined) return undefined;
  if (query.want === "ages" || query.want === "ends") return undefined;
  const { measure } = query;
  const { slicedBy = measure.dimensions } = measure;
  if (slicedBy === "none" || !query.by.every((dimension) => slicedBy.includes(dimension))) return undefined;
  if (!cutsNothing(query, grid.newestMs(measure.id))) return undefined;
  return coverOf(query.fromMs, query.toMs, grid);
};

/** Whether slices give the exact answer: no filter, at most one dimension, edges on kept slices, nothing cut off. */
export const canServe = (query: PartialQuery, grid: SliceGrid): boolean => stretchesOf(query, grid) !== undefined;

interface Sum {
  count: bigint;
  sum: bigint;
}

const add = (into: Map<number, Sum>, bin: number, count: number, sum: number): void => {
  const held = into.get(bin);
  if (held === undefined) into.set(bin, { count: BigInt(count), sum: BigInt(sum) });
  else {
    held.count += BigInt(count);
    held.sum += BigInt(sum);
  }
};

/** The one bin of a measure without bins. */
const noBin = -1;

const partialOf = (value: string, query: PartialQuery, byBin: ReadonlyMap<number, Sum>): GroupPartial => {
  const all = [...byBin.values()];
  const bins = [...byBin]
    .filter(([, held]) => held.count !== 0n)
    .sort(([a], [b]) => a - b)
    .map(([bin, held]): BinPartial => [bin, held.count, held.sum]);
  return {
    group: query.by.length === 0 ? [] : [value],
    count: all.reduce((count, held) => count + held.count, 0n),
    sum: all.reduce((sum, held) => sum + held.sum, 0n),
    ...(query.want === "bins" ? { bins } : {}),
  };
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
