import { AvroWriter } from "./avro-writer.ts";
import { writeFrame } from "./frame.ts";
import type { Origin } from "./origin.ts";
import type { Span } from "./span.ts";

const numbersBytesMax = 128;

/** Encodes slices as `schemas/slice-updated.avsc` lays them out. The bytes of the last one stand in `writer`. */
export class SliceEncoder {
  readonly writer = new AvroWriter();
  /** Where the fields that name the last slice stand in the writer's buffer: the record's key. */
  keyStart = 0;
  keyEnd = 0;
  private headEnd = 0;
  private readonly schemaId: number;

  /** `schemaId` is what stands on the records for `slice-updated`. */
  constructor(schemaId: number) {
    this.schemaId = schemaId;
  }

  /** What all slices say that are written until the next call. */
  begin(origin: Origin, partition: number, version: number): void {
    const w = this.writer;
    w.reset();
    writeFrame(w, this.schemaId);
    w.byte(origin * 2);
    w.long(partition);
    w.long(version);
    this.headEnd = w.at;
  }

  /** `prefix` holds measure, dimension and value as Avro; `bin` is -1 for none. */
  encode(prefix: Span, granularity: number, startMs: number, bin: number, count: number, sum: number): void {
    const w = this.writer;
    w.at = this.headEnd;
    w.reserve(prefix.length + numbersBytesMax);
    this.keyStart = w.at;
    w.raw(prefix.view, prefix.start, prefix.length);
    w.byte(granularity * 2);
    w.long(startMs);
    w.optionalLong(bin < 0 ? Number.NaN : bin);
    this.keyEnd = w.at;
    w.long(count);
    w.long(sum);
  }
}
