import { metricsTopic } from "@leadwire/events";
import type { Origin } from "../codec/origin.ts";
import { SliceEncoder } from "../codec/slice-encoder.ts";
import { Span } from "../codec/span.ts";
import type { TextTable } from "../state/text-table.ts";
import type { TaskContext } from "../task.ts";
import { type OutputBatch, OutputStream } from "../task-output.ts";
import { SeriesPrefixes } from "./series-prefixes.ts";
import { binIn, granularityIn, minuteMs, SliceColumn } from "./slice-table.ts";
import type { Slicer } from "./slicer.ts";

/** Writes a task's changed slices to the metrics topic: absolute values, versioned by the position they stand for. */
export class SliceOutput {
  private readonly slicer: Slicer;
  private readonly origin: Origin;
  private readonly partition: number;
  private readonly silent: boolean;
  private readonly stream: OutputStream;
  private readonly encoder = new SliceEncoder();
  private readonly prefixes: SeriesPrefixes;
  private readonly prefix = new Span();
  private again: ReadonlyArray<number> = [];

  constructor(slicer: Slicer, names: TextTable, origin: Origin, context: TaskContext) {
    this.slicer = slicer;
    this.origin = origin;
    this.partition = context.partition;
    this.silent = context.silent === true;
    this.stream = new OutputStream(metricsTopic(context.generation), context.partition);
    const measures = slicer.measures.map(({ id }) => id);
    this.prefixes = new SeriesPrefixes(slicer.series, names, measures);
  }

  restate(): void {
    this.again = [...this.slicer.slices.all()];
  }

  take(version: number, into: Array<OutputBatch>): void {
    const changed = this.slicer.slices.takeChanged();
    if (this.silent) return;
    this.encoder.begin(this.origin, this.partition, version);
    for (const row of this.again) this.write(row);
    for (let n = 0; n < changed.length; n += 1) this.write(changed[n] as number);
    this.again = [];
    this.stream.take(into);
  }

  private write(row: number): void {
    const { rows } = this.slicer.slices;
    rows.locate(row);
    const { f64, i32, f64At, i32At } = rows;
    if (i32[i32At + SliceColumn.state] !== 1) return;
    const packed = i32[i32At + SliceColumn.granularityAndBin] as number;
    this.prefixes.prefixOf(i32[i32At + SliceColumn.series] as number, this.prefix);
    this.encoder.encode(
      this.prefix,
      granularityIn(packed),
      (i32[i32At + SliceColumn.startMinute] as number) * minuteMs,
      binIn(packed),
      f64[f64At + SliceColumn.count] as number,
      f64[f64At + SliceColumn.sum] as number,
    );
    const { keyStart, keyEnd, writer } = this.encoder;
    this.stream.add(writer.buffer, keyStart, keyEnd, writer.buffer, writer.at);
  }
}
