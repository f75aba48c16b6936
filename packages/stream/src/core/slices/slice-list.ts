import type { SliceRecord } from "@leadwire/kpis";
import { originNames } from "../codec/origin.ts";
import { granularities } from "../codec/slice-codec.ts";
import type { PartitionTask } from "../partition-task.ts";
import { companyDimension, dimensionName } from "./series-table.ts";
import { binIn, granularityIn, SliceColumn } from "./slice-table.ts";

/** Every slice that a task holds and that is not empty, as it would be told now. */
export function* slicesOf(task: PartitionTask): Generator<SliceRecord> {
  const { series, slices, measures } = task.slicer;
  for (const row of slices.all()) {
    slices.rows.locate(row);
    const { f64, i32, f64At, i32At } = slices.rows;
    const count = f64[f64At + SliceColumn.count] as number;
    const sum = f64[f64At + SliceColumn.sum] as number;
    if (count === 0 && sum === 0) continue;
    const number = i32[i32At + SliceColumn.series] as number;
    const packed = i32[i32At + SliceColumn.granularityAndBin] as number;
    const startMs = (i32[i32At + SliceColumn.startMinute] as number) * 60_000;
    const bin = binIn(packed);
    const dimension = series.dimensionOf(number);
    const granularity = granularities[granularityIn(packed)];
    const measure = measures[series.measureOf(number)];
    if (granularity === undefined || measure === undefined) throw new Error("a slice of an unknown series");
    yield {
      measure: measure.id,
      dimension: dimensionName(dimension),
      value: dimension === companyDimension ? "" : task.names.text(series.valueOf(number)),
      granularity,
      startMs,
      bin: bin < 0 ? null : bin,
      origin: originNames[task.origin],
      partition: task.partition,
      version: task.position - 1,
      count,
      sum,
    };
  }
}
