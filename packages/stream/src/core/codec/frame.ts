import type { AvroWriter } from "./avro-writer.ts";

/** Confluent's framing: a zero byte and the schema's id, big-endian. */
export const writeFrame = (writer: AvroWriter, schemaId: number): void => {
  writer.byte(0);
  writer.buffer.writeInt32BE(schemaId, writer.at);
  writer.at += 4;
};

/** Where the Avro bytes of a framed record begin. Throws when it is framed with another schema. */
export const readFrame = (bytes: Buffer, start: number, end: number, schemaId: number): number => {
  if (end - start < 5 || bytes[start] !== 0) throw new Error("a derived record is not framed");
  const found = bytes.readInt32BE(start + 1);
  if (found !== schemaId)
    throw new Error(`a derived record has schema ${found}, not ${schemaId}: rebuild the generation`);
  return start + 5;
};
