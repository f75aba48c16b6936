import type { Dimension } from "@leadwire/funnel";
import type { Granularity, SliceRecord } from "@leadwire/kpis";
import { AvroReader } from "./avro-reader.ts";
import { type DerivedIds, idsWithoutRegistry } from "./derived-ids.ts";
import { readFrame } from "./frame.ts";
import { type Origin, originNames } from "./origin.ts";

/** In the order of the schema's enum; the index is stored. */
export const granularities: ReadonlyArray<Granularity> = ["minute", "hour", "day"];

/** Where a slice's Avro bytes begin behind their frame. Throws when they are framed with another schema. */
export const sliceStart = (bytes: Buffer, start: number, end: number, ids: DerivedIds = idsWithoutRegistry): number =>
  readFrame(bytes, start, end, ids.slice);

const reader = new AvroReader();

/** The inverse of SliceEncoder, for readers of the topic. Throws on bytes that this engine did not write. */
export const decodeSlice = (
  bytes: Buffer,
  start: number,
  end: number,
  ids: DerivedIds = idsWithoutRegistry,
): SliceRecord => {
  const r = reader;
  r.reset(bytes, sliceStart(bytes, start, end, ids), end);
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
