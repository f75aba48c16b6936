import { hash } from "node:crypto";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { avroType } from "./avro-type.ts";
import { type DecodeFault, decodeFault, Fault } from "./decode-fault.ts";
import { FramedEncoder } from "./framed-codec.ts";
import { type QuarantineReason, quarantineReasons } from "./quarantine-reason.ts";
import { currentSchemas } from "./schema/published.ts";
import { derivedRegistry } from "./schema-registry.ts";
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
const quarantinedId = derivedRegistry.idOf("quarantined");
const encoder = new FramedEncoder();
const reasons: ReadonlySet<string> = new Set(quarantineReasons);

/** Framed Avro, as it stands on the quarantine topic. */
export const encodeQuarantined = (record: QuarantinedRecord): Buffer => {
  const { buffer, byteOffset, byteLength } = record.bytes;
  return encoder.encode(quarantinedType, quarantinedId, {
    ...record,
    bytes: Buffer.from(buffer, byteOffset, byteLength),
  });
};

/** Reads a record of the quarantine topic; its bytes are a view of `bytes`. */
export const decodeQuarantined = (bytes: Uint8Array): Either<DecodeFault, QuarantinedRecord> => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const id = frameId(buffer, 0, buffer.length);
  if (id < 0) return left(decodeFault(Fault.notFramed));
  if (id !== quarantinedId) return left(decodeFault(Fault.unknownSchema));
  const decoded = readQuarantined(buffer.subarray(frameLength));
  if (decoded === undefined) return left(decodeFault(Fault.truncated));
  return reasons.has(decoded.reason) ? right(decoded) : left(decodeFault(Fault.badEnum));
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
