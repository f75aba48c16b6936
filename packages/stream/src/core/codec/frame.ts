import { isOneOf, type SchemaIds } from "@leadwire/events";
import type { AvroWriter } from "./avro-writer.ts";

/** Confluent's framing: a zero byte and the schema's id, big-endian. */
export const writeFrame = (writer: AvroWriter, schemaId: number): void => {
  writer.byte(0);
  writer.buffer.writeInt32BE(schemaId, writer.at);
  writer.at += 4;
};

/** Where the Avro bytes of a framed record begin. Throws when it is framed with another schema. */
export const readFrame = (bytes: Buffer, start: number, end: number, ids: SchemaIds): number => {
  if (end - start < 5 || bytes[start] !== 0) throw new Error("a derived record is not framed");
  const found = bytes.readInt32BE(start + 1);
  if (!isOneOf(ids, found))
    throw new Error(`a derived record has schema ${found}, not ${ids.own}: rebuild the generation`);
  return start + 5;
};
