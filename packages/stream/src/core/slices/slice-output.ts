import { metricsTopic } from "@leadwire/events";
import { taskCodecs } from "../codec/derived-ids.ts";
import type { Origin } from "../codec/origin.ts";
import { SliceEncoder } from "../codec/slice-encoder.ts";
import { Span } from "../codec/span.ts";
import type { TextTable } from "../state/text-table.ts";
import type { TaskContext } from "../task.ts";
import { type OutputBatch, OutputStream } from "../task-output.ts";
import { SeriesPrefixes } from "./series-prefixes.ts";
import { binIn, granularityIn, minuteMs, SliceColumn } from "./slice-table.ts";
import type { Slicer } from "./slicer.ts";

/** Rows told again in one call: some tens of milliseconds, some megabytes. */
const againRowsMax = 50_000;

/** Writes a task's changed slices to the metrics topic: absolute values, versioned by the position they stand for. */
export class SliceOutput {
  private readonly slicer: Slicer;
  private readonly origin: Origin;
  private readonly partition: number;
  private readonly silent: boolean;
  private readonly stream: OutputStream;
  private readonly encoder: SliceEncoder;
  private readonly prefixes: SeriesPrefixes;
  private readonly prefix = new Span();
  /** The next row to be told again. */
  private againFrom = Number.POSITIVE_INFINITY;

  constructor(slicer: Slicer, names: TextTable, origin: Origin, context: TaskContext) {
    this.slicer = slicer;
    this.origin = origin;
    this.partition = context.partition;
    this.silent = context.silent === true;
    this.stream = new OutputStream(metricsTopic(context.generation), context.partition);
    this.encoder = new SliceEncoder(taskCodecs(context.registry).ids.slice.own);
    const measures = slicer.measures.map(({ id }) => id);
    this.prefixes = new SeriesPrefixes(slicer.series, names, measures);
  }

  /** Every slice again, over some calls of `take`. */
  restate(): void {
    this.againFrom = 0;
  }
  get isRestating(): boolean {
    return Number.isFinite(this.againFrom);
  }

  take(version: number, into: Array<OutputBatch>): void {
    const changed = this.slicer.slices.takeChanged();
    if (this.silent) return;
    this.encoder.begin(this.origin, this.partition, version);
    this.writeAgain();
    for (let n = 0; n < changed.length; n += 1) this.write(changed[n] as number);
    this.stream.take(into);
  }

  private writeAgain(): void {
    const { length } = this.slicer.slices.rows;
    const to = Math.min(this.againFrom + againRowsMax, length);
    for (let row = this.againFrom; row < to; row += 1) this.write(row);
    this.againFrom = to < length ? to : Number.POSITIVE_INFINITY;
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
    this.stream.addWithin(writer.view, keyStart, keyEnd, writer.at);
  }
}
