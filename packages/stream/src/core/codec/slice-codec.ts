import { derivedRegistry } from "@leadwire/events";
import type { Dimension } from "@leadwire/funnel";
import type { Granularity, SliceRecord } from "@leadwire/kpis";
import { AvroReader } from "./avro-reader.ts";
import type { AvroWriter } from "./avro-writer.ts";
import { readFrame, writeFrame } from "./frame.ts";
import { type Origin, originNames } from "./origin.ts";

const schemaIdNow = derivedRegistry.idOf("slice-updated");

/** In the order of the schema's enum; the index is stored. */
export const granularities: ReadonlyArray<Granularity> = ["minute", "hour", "day"];

/** What a slice's record says beside its values; texts as bytes. */
export interface SliceHead {
  readonly origin: Origin;
  readonly partition: number;
  readonly version: number;
}

export interface SliceKey {
  readonly measure: Buffer;
  readonly dimension: Buffer;
  /** The value's bytes and where they stand. */
  readonly valueBytes: Uint8Array;
  readonly valueStart: number;
  readonly valueLength: number;
  readonly granularity: number;
  readonly startMs: number;
  /** -1 for none. */
  readonly bin: number;
}

/**
 * Writes one slice as `schemas/slice-updated.avsc` lays it out; the writer is reset first. Answers where the
 * fields that name the slice stand: they are the record's key.
 */
export const encodeSlice = (
  w: AvroWriter,
  head: SliceHead,
  key: SliceKey,
  count: number,
  sum: number,
): SliceKeySpan => {
  w.reset();
  w.reserve(256 + key.valueLength);
  writeFrame(w, schemaIdNow);
  w.byte(head.origin * 2);
  w.long(head.partition);
  w.long(head.version);
  const start = w.at;
  w.span(key.measure, 0, key.measure.length);
  w.span(key.dimension, 0, key.dimension.length);
  w.span(key.valueBytes, key.valueStart, key.valueLength);
  w.byte(key.granularity * 2);
  w.long(key.startMs);
  w.optionalLong(key.bin < 0 ? Number.NaN : key.bin);
  const end = w.at;
  w.long(count);
  w.long(sum);
  return { start, end };
};

export interface SliceKeySpan {
  readonly start: number;
  readonly end: number;
}

const reader = new AvroReader();

/** The inverse, for readers of the topic. Throws on bytes that this engine did not write. */
export const decodeSlice = (bytes: Buffer, start: number, end: number): SliceRecord => {
  const r = reader;
  r.reset(bytes, readFrame(bytes, start, end, schemaIdNow), end);
  return {
    origin: originNames[r.long() as Origin],
    partition: r.long(),
    version: r.long(),
    measure: r.text(),
    dimension: r.text() as "company" | Dimension,
    value: r.text(),
    granularity: granularities[r.long()] as Granularity,
    startMs: r.long(),
    bin: r.optionalLong(),
    count: r.long(),
    sum: r.long(),
  };
};
