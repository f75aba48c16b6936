import type avsc from "avsc";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { avroType } from "./avro-type.ts";
import { byType } from "./by-type.ts";
import { type DecodeFault, decodeFault, Fault } from "./decode-fault.ts";
import { type DealLine, type EventType, eventTypes, type SalesEvent } from "./event.ts";
import { FlatDecoder } from "./flat-decoder.ts";
import { FlatEvent } from "./flat-event.ts";
import { FramedEncoder } from "./framed-codec.ts";
import { currentSchemas } from "./schema/published.ts";
import { derivedRegistry, isOneOf, type SchemaRegistry, schemaIdsOf } from "./schema-registry.ts";

/** Framed Avro and back, one event at a time. */
export interface EventCodec {
  /** Throws where a value does not fit its schema: check events that come from outside with `checkEvent` first. */
  readonly encodeEvent: (event: SalesEvent) => Buffer;
  /** For cold paths; what it accepts and refuses is what `FlatDecoder` does. */
  readonly decodeEvent: (bytes: Uint8Array) => Either<DecodeFault, SalesEvent>;
}

const currentTypes = byType((type) => avroType(currentSchemas[type]));

/** The avsc type of an event's current schema. */
export const eventAvroType = (type: EventType): avsc.Type => currentTypes[type];

/** Avro knows bytes only as Buffers. */
export const withBuffers = (event: SalesEvent): SalesEvent => {
  if (event.type !== "lead-created" || event.contact_sealed === undefined) return event;
  const sealed = event.contact_sealed;
  if (Buffer.isBuffer(sealed)) return event;
  return { ...event, contact_sealed: Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength) };
};

const fieldNames = byType((type) => currentSchemas[type].fields.map((field) => field.name));

/** A plain object without the fields that are null: what the types in event.ts describe. */
const plain = (type: EventType, record: object): SalesEvent => {
  const value: Record<string, unknown> = { type };
  for (const name of fieldNames[type]) {
    const field: unknown = Reflect.get(record, name);
    if (field !== null) value[name] = name === "lines" && Array.isArray(field) ? field.map(plainLine) : field;
  }
  // avsc read it by the schema that the type of the event mirrors.
  return value as Record<string, unknown> & SalesEvent;
};

const plainLine = ({ product, quantity, amount_minor, cost_minor }: Record<keyof DealLine, unknown>): object =>
  cost_minor === null ? { product, quantity, amount_minor } : { product, quantity, amount_minor, cost_minor };

/** Encodes and decodes whole events with the schemas that a registry knows. */
export const eventCodec = (registry: SchemaRegistry): EventCodec => {
  const encoder = new FramedEncoder();
  const decoder = new FlatDecoder(registry);
  const flat = new FlatEvent();
  const ids = byType((type) => schemaIdsOf(registry, type));
  const writers = new Map<number, (body: Buffer) => SalesEvent>();

  const readerOf = (id: number, type: EventType): ((body: Buffer) => SalesEvent) => {
    const known = writers.get(id);
    if (known !== undefined) return known;
    const writer = registry.byId(id);
    if (writer === undefined) throw new Error(`Schema id ${id} was known a moment ago and is not any more.`);
    const reader = currentTypes[type];
    const isCurrent = isOneOf(ids[type], id);
    const resolver = isCurrent ? undefined : reader.createResolver(avroType(writer.schema));
    const read = (body: Buffer): SalesEvent => plain(type, reader.fromBuffer(body, resolver));
    writers.set(id, read);
    return read;
  };

  return {
    encodeEvent: (event) => encoder.encode(currentTypes[event.type], ids[event.type].own, withBuffers(event)),
    decodeEvent: (bytes) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const fault = decoder.decode(buffer, 0, buffer.length, flat);
      if (fault !== Fault.none) return left(decodeFault(fault));
      const type = eventTypes[flat.type];
      if (type === undefined) throw new Error(`The flat decoder named event type ${flat.type}, which does not exist.`);
      return right(readerOf(flat.schemaId, type)(buffer.subarray(flat.bodyStart, flat.bodyEnd)));
    },
  };
};

/** The codec with the ids derived from `schemas/`. */
export const { encodeEvent, decodeEvent }: EventCodec = eventCodec(derivedRegistry);
