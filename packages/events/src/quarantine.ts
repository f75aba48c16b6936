import { hash } from "node:crypto";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { avroType } from "./avro-type.ts";
import { type DecodeFault, decodeFault, Fault } from "./decode-fault.ts";
import { FramedEncoder } from "./framed-codec.ts";
import { type QuarantineReason, quarantineReasons } from "./quarantine-reason.ts";
import { currentSchemas } from "./schema/published.ts";
import { derivedRegistry, isOneOf, type SchemaRegistry, schemaIdsOf } from "./schema-registry.ts";
import { frameId, frameLength } from "./wire.ts";

/** A record that could not be used, as it stands on the quarantine topic. */
export interface QuarantinedRecord {
  /** See `quarantineId`. */
  readonly id: string;
  /** Empty where nobody knows it. */
  readonly source_system: string;
  /** The imported file's name, or the topic. */
  readonly origin: string;
  /** For a record of a topic. */
  readonly partition?: number;
  /** The line of the file the record starts in (1 is the first), or the offset in the partition. */
  readonly position: number;
  readonly reason: QuarantineReason;
  /** The field, what was found and what was expected. */
  readonly detail: string;
  /** The original bytes. */
  readonly bytes: Uint8Array;
  /** Epoch milliseconds, for a record of a topic. */
  readonly appended_at?: number;
}

/** The id of a quarantined record: the same bytes from the same place get the same id again. */
export const quarantineId = (place: Pick<QuarantinedRecord, "origin" | "partition" | "position" | "bytes">): string => {
  const bytesHash = hash("sha256", place.bytes, "hex");
  const text = `${place.origin.length}:${place.origin}${place.partition ?? ""}:${place.position}:${bytesHash}`;
  return `q-${hash("sha256", text, "hex").slice(0, 16)}`;
};

/** The avsc type of the quarantine topic's records. */
const quarantinedType = avroType(currentSchemas.quarantined);
const encoder = new FramedEncoder();
const reasons: ReadonlySet<string> = new Set(quarantineReasons);

/** Framed Avro and back, as records stand on the quarantine topic. */
export interface QuarantineCodec {
  readonly encodeQuarantined: (record: QuarantinedRecord) => Buffer;
  /** The record's bytes are a view of `bytes`. */
  readonly decodeQuarantined: (bytes: Uint8Array) => Either<DecodeFault, QuarantinedRecord>;
}

/** Writes with the registry's id; reads that and the derived one. */
export const quarantineCodec = (registry: SchemaRegistry): QuarantineCodec => {
  const ids = schemaIdsOf(registry, "quarantined");
  return {
    encodeQuarantined: (record) => {
      const { buffer, byteOffset, byteLength } = record.bytes;
      const bytes = Buffer.from(buffer, byteOffset, byteLength);
      return encoder.encode(quarantinedType, ids.own, { ...record, bytes });
    },
    decodeQuarantined: (bytes) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const id = frameId(buffer, 0, buffer.length);
      if (id < 0) return left(decodeFault(Fault.notFramed));
      if (!isOneOf(ids, id)) return left(decodeFault(Fault.unknownSchema));
      const decoded = readQuarantined(buffer.subarray(frameLength));
      if (decoded === undefined) return left(decodeFault(Fault.truncated));
      return reasons.has(decoded.reason) ? right(decoded) : left(decodeFault(Fault.badEnum));
    },
  };
};

const readQuarantined = (body: Buffer): QuarantinedRecord | undefined => {
  try {
    const { partition, appended_at, ...rest } = quarantinedType.fromBuffer(body);
    return {
      ...rest,
      ...(partition === null ? {} : { partition }),
      ...(appended_at === null ? {} : { appended_at }),
    };
  } catch {
    // avsc throws one kind of error for whatever it cannot read.
    return undefined;
  }
};

/** The codec with the ids derived from `schemas/`. */
export const { encodeQuarantined, decodeQuarantined }: QuarantineCodec = quarantineCodec(derivedRegistry);
