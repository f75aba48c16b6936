import type { GroupPartial, PartialQuery } from "./partial.ts";
import { coverOf, type SliceGrid, type SliceStretch } from "./slice-cover.ts";
import type { SliceReader } from "./slice-source.ts";
import { SliceSums } from "./slice-sums.ts";
import { isSliced } from "./sliced-query.ts";

/** Slices that give a single group at once, however many others there are. A series is `measure/dimension`. */
export interface GroupReader extends SliceReader {
  readonly visitValue: (
    series: string,
    stretch: SliceStretch,
    value: string,
    visitor: (value: string, bin: number | null, count: number, sum: number) => void,
  ) => void;
  /** The groups of a stretch; some of them may be empty. */
  readonly valuesIn: (series: string, stretch: SliceStretch) => Iterable<string>;
}

/** A query as it is read from slices, group by group. */
export interface SliceRead {
  readonly query: PartialQuery;
  readonly series: string;
  readonly stretches: ReadonlyArray<SliceStretch>;
  /** Exact as long as no fact of the measure is newer than this. */
  readonly newestMaxMs: number;
}

/**
 * How to read a query from slices; undefined where they do not give it exactly. Where nothing lies behind the end it is
 * read without an end: the same few stretches then serve for hours, though the end moves on with every minute.
 */
export const sliceReadOf = (query: PartialQuery, grid: SliceGrid): SliceRead | undefined => {
  if (!isSliced(query)) return undefined;
  const { measure, fromMs, toMs, upToMs } = query;
  const series = `${measure.id}/${query.by[0] ?? "company"}`;
  const newestMs = grid.newestMs(measure.id);
  if (measure.placedBy === "cohort") {
    const stretches = newestMs <= upToMs ? coverOf(fromMs, toMs, grid) : undefined;
    return stretches && { query, series, stretches, newestMaxMs: upToMs };
  }
  const endMs = toMs === null ? upToMs + 1 : Math.min(toMs, upToMs + 1);
  const isOpen = newestMs < endMs;
  const stretches = coverOf(fromMs, isOpen ? null : endMs, grid);
  return stretches && { query, series, stretches, newestMaxMs: isOpen ? endMs - 1 : Number.POSITIVE_INFINITY };
};

/** One group at a time is added up: the sums serve all of them. */
const sums = new SliceSums();
const addBin = (_: string, bin: number | null, count: number, sum: number): void => {
  if (bin === null) sums.add(count, sum);
  else sums.addBin(bin, count, sum);
};
const addPlain = (_: string, __: number | null, count: number, sum: number): void => sums.add(count, sum);

/** What `partialsOfSlices` gives of one group; undefined where that is empty. */
export const partialOfGroup = (
  reader: GroupReader,
  { query, series, stretches }: SliceRead,
  value: string,
): GroupPartial | undefined => {
  const byBin = query.want === "bins";
  sums.clear();
  for (const stretch of stretches) reader.visitValue(series, stretch, value, byBin ? addBin : addPlain);
  if (sums.count === 0 && sums.sum === 0) return undefined;
  return {
    group: query.by.length === 0 ? [] : [value],
    count: BigInt(sums.count),
    sum: BigInt(sums.sum),
    ...(byBin ? { bins: sums.bins() } : {}),
  };
};
