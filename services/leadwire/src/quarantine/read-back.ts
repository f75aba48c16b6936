import {
  derivedRegistry,
  eventAvroType,
  eventCodec,
  eventToJson,
  eventTypes,
  frameId,
  frameLength,
  type QuarantinedRecord,
  type SalesEvent,
  type SchemaRegistry,
  schemaIdsOf,
} from "@leadwire/events";
import { isRight } from "fp-ts/lib/Either.js";

/** The JSON form of an event that may be wrong in any way. */
export type EventJson = Readonly<Record<string, unknown>>;

/** What can be told of a quarantined record's event, as far as its bytes can be read. */
export interface EventIdentity {
  readonly source: string;
  readonly eventId: string;
  readonly revision: number;
}

/** Where a quarantined record came from, and its bytes. */
export type QuarantinedPlace = Pick<QuarantinedRecord, "origin" | "partition" | "bytes">;

/** A quarantined record with its event, where its bytes can be read as one. */
export interface ReadRecord extends QuarantinedRecord {
  readonly event?: EventJson;
}

/** What stands where a contact was (ingest's without-contact): it was never kept. */
const removed = "(removed)";

/** Whether a parsed JSON value is an object, as every event is. */
export const isEventJson = (value: unknown): value is EventJson =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Avro whose values are refused can be read all the same: its schema says where each field lies. */
const ofFrame = (bytes: Buffer, registry: SchemaRegistry): EventJson | undefined => {
  const decoded = eventCodec(registry).decodeEvent(bytes);
  if (isRight(decoded)) return eventToJson(decoded.right);
  const id = frameId(bytes, 0, bytes.length);
  const type = eventTypes.find((name) => {
    // A former schema has other fields: only the current one says where they lie.
    const { own, derived } = schemaIdsOf(registry, name);
    return id === own || id === derived;
  });
  if (type === undefined) return undefined;
  try {
    const record: unknown = eventAvroType(type).fromBuffer(bytes.subarray(frameLength));
    if (!isEventJson(record)) return undefined;
    const stated = Object.entries(record).filter(([, value]) => value !== null);
    // avsc read it by the schema that the type of the event mirrors.
    return eventToJson({ ...Object.fromEntries(stated), type } as Record<string, unknown> & SalesEvent);
  } catch {
    // avsc throws one kind of error for whatever it cannot read.
    return undefined;
  }
};

const ofLine = (bytes: Buffer): EventJson | undefined => {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    if (!isEventJson(value)) return undefined;
    const { contact: _, ...rest } = value;
    return rest;
  } catch {
    // JSON.parse throws one kind of error for whatever it cannot read.
    return undefined;
  }
};

/** The record came from a file, whose rows are no events yet. */
export const isRow = ({ partition }: Pick<QuarantinedRecord, "partition">): boolean => partition === undefined;

/** Whether a contact was taken out when the record was put aside. */
export const lostContact = ({ bytes }: Pick<QuarantinedRecord, "bytes">): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(removed);

/** The event of a quarantined record in its JSON form, without a contact; undefined where it cannot be read. */
export const readBack = (
  record: QuarantinedPlace,
  registry: SchemaRegistry = derivedRegistry,
): EventJson | undefined => {
  const bytes = Buffer.from(record.bytes.buffer, record.bytes.byteOffset, record.bytes.byteLength);
  return isRow(record) ? ofLine(bytes) : ofFrame(bytes, registry);
};

/** Why a record cannot be mended field by field, nor sent again. */
export const unreadable = (record: QuarantinedPlace): string =>
  isRow(record)
    ? `it is a row of ${record.origin}, not an event: mend the row and import the file again (rows that are in already change nothing), or give the event with repair --file`
    : "its bytes cannot be read as an event: have it sent again, or give the event with repair --file";

/** Which event a record is; undefined where its bytes do not say. */
export const identityOf = (json: EventJson): EventIdentity | undefined => {
  const { source_system: source, event_id: eventId, revision = 0 } = json;
  if (typeof source !== "string" || typeof eventId !== "string" || typeof revision !== "number") return undefined;
  return Number.isSafeInteger(revision) ? { source, eventId, revision } : undefined;
};
