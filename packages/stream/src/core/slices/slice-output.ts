import { metricsTopic } from "@leadwire/events";
import { AvroWriter } from "../codec/avro-writer.ts";
import type { Origin } from "../codec/origin.ts";
import { encodeSlice } from "../codec/slice-codec.ts";
import type { TextTable } from "../state/text-table.ts";
import type { TaskContext } from "../task.ts";
import { type OutputBatch, OutputStream } from "../task-output.ts";
import { companyDimension, dimensionName } from "./series-table.ts";
import { binIn, granularityIn, SliceColumn } from "./slice-table.ts";
import type { Slicer } from "./slicer.ts";

const minuteMs = 60_000;
const empty = Buffer.alloc(0);

/** Writes a task's changed slices to the metrics topic: absolute values, versioned by the position they stand for. */
export class SliceOutput {
  private readonly slicer: Slicer;
  private readonly names: TextTable;
  private readonly origin: Origin;
  private readonly partition: number;
  private readonly stream: OutputStream;
  private readonly writer = new AvroWriter();
  private readonly measures: ReadonlyArray<Buffer>;
  private readonly dimensions: ReadonlyArray<Buffer>;
  private again: ReadonlyArray<number> = [];

  constructor(slicer: Slicer, names: TextTable, origin: Origin, context: TaskContext) {
    this.slicer = slicer;
    this.names = names;
    this.origin = origin;
    this.partition = context.partition;
    this.stream = new OutputStream(metricsTopic(context.generation), context.partition);
    this.measures = slicer.measures.map(({ id }) => Buffer.from(id));
    this.dimensions = Array.from({ length: companyDimension + 1 }, (_, n) => Buffer.from(dimensionName(n)));
  }

  restate(): void {
    this.again = [...this.slicer.slices.all()];
  }

  take(version: number, into: Array<OutputBatch>): void {
    const changed = this.slicer.slices.takeChanged();
    for (const row of this.again) this.write(row, version);
    for (const row of changed) this.write(row, version);
    this.again = [];
    this.stream.take(into);
  }

  private write(row: number, version: number): void {
    const { series, slices } = this.slicer;
    slices.rows.locate(row);
    const { f64, i32, f64At, i32At } = slices.rows;
    if (i32[i32At + SliceColumn.state] !== 1) return;
    const seriesNumber = i32[i32At + SliceColumn.series] as number;
    const packed = i32[i32At + SliceColumn.granularityAndBin] as number;
    const dimension = series.dimensionOf(seriesNumber);
    const company = dimension === companyDimension;
    if (!company) this.names.locate(series.valueOf(seriesNumber));
    const key = encodeSlice(
      this.writer,
      { origin: this.origin, partition: this.partition, version },
      {
        measure: this.measures[series.measureOf(seriesNumber)] as Buffer,
        dimension: this.dimensions[dimension] as Buffer,
        valueBytes: company ? empty : this.names.chunk,
        valueStart: company ? 0 : this.names.start,
        valueLength: company ? 0 : this.names.bytesLength,
        granularity: granularityIn(packed),
        startMs: (i32[i32At + SliceColumn.startMinute] as number) * minuteMs,
        bin: binIn(packed),
      },
      f64[f64At + SliceColumn.count] as number,
      f64[f64At + SliceColumn.sum] as number,
    );
    const { buffer, at } = this.writer;
    this.stream.add(buffer, key.start, key.end, buffer, at);
  }
}
