import { hash } from "node:crypto";
import { eventAvroType, withBuffers } from "./avro-codec.ts";
import { byType } from "./by-type.ts";
import type { EventType, SalesEvent } from "./event.ts";

/**
 * What an event says, as bytes: its type, a zero byte and its Avro encoding in the current schema. Two events are the
 * same content exactly when these are equal, whatever schema version or block layout they were written with.
 */
const contentBytes = (event: SalesEvent): Buffer =>
  Buffer.concat([Buffer.from(`${event.type}\0`), eventAvroType(event.type).toBuffer(withBuffers(event))]);

const heads: Readonly<Record<EventType, Buffer>> = byType((type) => Buffer.from(`${type}\0`));
let scratch = Buffer.allocUnsafeSlow(4_096);

/**
 * contentHash of the event whose Avro bytes stand there. They have to be canonical: written with the type's current
 * schema, numbers as short as they can be and arrays as one block.
 */
export const contentHashOfBody = (type: EventType, bytes: Buffer, start: number, end: number): string => {
  const head = heads[type];
  const length = head.length + end - start;
  if (scratch.length < length) scratch = Buffer.allocUnsafeSlow(length * 2);
  head.copy(scratch, 0);
  bytes.copy(scratch, head.length, start, end);
  return hash("sha256", scratch.subarray(0, length), "hex");
};

/** SHA-256 of the content, in hex: of two contents with one id and revision, the smaller hash counts. */
export const contentHash = (event: SalesEvent): string => hash("sha256", contentBytes(event), "hex");

/**
 * The id of an event that an import makes from a row: the same source, type, row key and ordinal in the row give the
 * same id again, so that an updated export corrects and the same export changes nothing.
 */
export const eventIdOfRow = (source: string, type: EventType, rowKey: string, ordinal: number): string =>
  // Lengths in front keep ("a", "bc") and ("ab", "c") apart.
  hash("sha256", `${source.length}:${source}${rowKey.length}:${rowKey}${type}:${ordinal}`, "hex").slice(0, 32);
