import { derivedRegistry, encodeEvent, eventCodec, eventTopics, type SchemaRegistry } from "@leadwire/events";
import { type EventLog, encodeBatch, type Partition, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";

const chunkBytes = 1 << 20;

/** Whole batches of an event topic, with the schema ids derived from `schemas/`. */
export interface EventChunk {
  /** The first batch may begin before the offset asked for. */
  readonly bytes: Buffer;
  /** Where to read on; equal to the offset asked for at the end. */
  readonly nextOffset: number;
}

/** The same records with derived ids; what nobody can decode stays as it is. */
const withDerivedIds = (bytes: Buffer, registry: SchemaRegistry): Buffer => {
  const { decodeEvent } = eventCodec(registry);
  const cursor = new RecordCursor();
  const batches: Buffer[] = [];
  cursor.reset(bytes, 0);
  while (cursor.next()) {
    const value = cursor.bytes.subarray(Math.max(cursor.valueStart, 0), Math.max(cursor.valueEnd, 0));
    const key = cursor.bytes.subarray(Math.max(cursor.keyStart, 0), Math.max(cursor.keyEnd, 0));
    const event = decodeEvent(value);
    const record = { key, value: isLeft(event) ? value : encodeEvent(event.right), headers: cursor.headers() };
    batches.push(encodeBatch([record], cursor.offset, cursor.appendTimeMs));
  }
  return Buffer.concat(batches);
};

/** Reads events where they lie, for whoever plays them again. Throws for a topic that holds none. */
export const readEvents = async (
  log: EventLog,
  place: Partition,
  from: number,
  registry: SchemaRegistry = derivedRegistry,
): Promise<EventChunk> => {
  if (!eventTopics.some((topic) => topic === place.topic)) throw new Error(`${place.topic} holds no events`);
  const { start } = await log.bounds(place);
  const { bytes, nextOffset } = await log.read(place, Math.max(from, start), chunkBytes);
  return { bytes: registry === derivedRegistry ? bytes : withDerivedIds(bytes, registry), nextOffset };
};
