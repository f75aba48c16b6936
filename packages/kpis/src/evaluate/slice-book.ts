import type { SliceRecord } from "../slice.ts";
import type { SliceGrid } from "./slice-cover.ts";
import type { SliceReader } from "./slice-source.ts";

type Series = Map<string, SliceRecord>;

const seriesKey = (measure: string, dimension: string, granularity: string): string =>
  `${measure}/${dimension}/${granularity}`;

const cellKey = (slice: SliceRecord): string =>
  JSON.stringify([slice.value, slice.startMs, slice.bin, slice.origin, slice.partition]);

/** Slices as records tell of them: plain, complete, and slower than a live view's own tables. */
export class SliceBook implements SliceReader {
  readonly grid: SliceGrid;
  readonly #series = new Map<string, Series>();

  constructor(grid: SliceGrid) {
    this.grid = grid;
  }

  /** Keeps the highest version of each slice, so that being told twice, or late, changes nothing. */
  apply(slice: SliceRecord): void {
    const key = seriesKey(slice.measure, slice.dimension, slice.granularity);
    const series = this.#series.get(key) ?? new Map<string, SliceRecord>();
    this.#series.set(key, series);
    const cell = cellKey(slice);
    const held = series.get(cell);
    if (held === undefined || slice.version >= held.version) series.set(cell, slice);
  }

  readonly visit: SliceReader["visit"] = (measureId, dimension, stretch, visitor) => {
    const series = this.#series.get(seriesKey(measureId, dimension, stretch.granularity)) ?? [];
    for (const [, slice] of series) {
      const { startMs } = slice;
      if (stretch.fromMs !== null && startMs < stretch.fromMs) continue;
      if (stretch.toMs !== null && startMs >= stretch.toMs) continue;
      visitor(slice.value, slice.bin, slice.count, slice.sum);
    }
  };
}
