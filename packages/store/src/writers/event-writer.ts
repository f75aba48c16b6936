import { type DealLine, derivedRegistry, eventTypes, type SalesEvent, type SchemaRegistry } from "@leadwire/events";
import { logDatabase } from "../model/database.ts";
import { eventHeadColumns, eventPayloadColumns, eventRankColumn, eventsTable } from "../model/event-tables.ts";
import type { NativeBlock } from "../native-block.ts";
import { writeRank } from "./event-rank.ts";
import { EventRecords, type RecordPlace } from "./event-records.ts";
import { TableWriter } from "./table-writer.ts";

/** An event as one record of the log holds it. */
export interface StoredEvent extends RecordPlace {
  readonly offset: number;
  readonly event: SalesEvent;
  /** SHA-256 of the content in hex: of two contents under one revision, the smaller counts. */
  readonly contentHash: string;
}

const typeIndex: ReadonlyMap<string, number> = new Map(eventTypes.map((type, index) => [type, index]));

type WriteField = (rows: NativeBlock, value: unknown) => void;

const writers: Readonly<Record<"string" | "integer" | "float" | "flag" | "day", WriteField>> = {
  string: (rows, value) => rows.nullableString(typeof value === "string" ? value : null),
  integer: (rows, value) => rows.nullableInt64(typeof value === "number" ? value : null),
  float: (rows, value) => rows.nullableFloat64(typeof value === "number" ? value : null),
  flag: (rows, value) => rows.nullableBool(typeof value === "boolean" ? value : null),
  day: (rows, value) => rows.nullableInt32(typeof value === "number" ? value : null),
};

const writerOf = (type: string): WriteField => {
  if (type.includes("String")) return writers.string;
  if (type.includes("Float64")) return writers.float;
  if (type.includes("Bool")) return writers.flag;
  return type.includes("Date32") ? writers.day : writers.integer;
};

/** A target's `value` has a column name that says what it is. */
const fieldOf = (columnName: string): string => (columnName === "target_value" ? "value" : columnName);

const plan = eventPayloadColumns
  .filter(({ name }) => !name.startsWith("lines."))
  .map(({ name, type }) => ({ field: fieldOf(name), write: writerOf(type) }));

const noLines: ReadonlyArray<DealLine> = [];

const writeLines = (rows: NativeBlock, event: SalesEvent): void => {
  const lines = event.type === "deal-closed" ? event.lines : noLines;
  const products = rows.array(lines.length);
  const quantities = rows.array(lines.length);
  const amounts = rows.array(lines.length);
  const costs = rows.array(lines.length);
  for (const line of lines) {
    products.values.string(line.product);
    quantities.values.float64(line.quantity);
    amounts.values.int64(line.amount_minor);
    costs.nulls.uint8(line.cost_minor === undefined ? 1 : 0);
    costs.values.int64(line.cost_minor ?? 0);
  }
};

/** One row, in the order of eventsTable's columns. */
const writeEvent = (rows: NativeBlock, stored: StoredEvent): void => {
  const { event } = stored;
  rows.string(stored.topic);
  rows.int32(stored.partition);
  rows.int64(stored.offset);
  rows.int64(stored.appendTimeMs);
  rows.uint8(typeIndex.get(event.type) ?? 0);
  rows.string(event.source_system);
  rows.string(event.event_id);
  rows.int64(event.revision);
  rows.uint8(event.voided ? 1 : 0);
  rows.int64(event.occurred_at);
  const fields: Readonly<Record<string, unknown>> = { ...event };
  for (const { field, write } of plan) write(rows, fields[field]);
  writeLines(rows, event);
  writeRank(rows.next().values, event.revision, stored.contentHash);
};

/** Events that come as objects, or as the log's records: the same bytes either way, a record several times faster. */
export class EventWriter extends TableWriter<[StoredEvent]> {
  readonly #records: EventRecords;

  constructor(registry: SchemaRegistry) {
    super(
      `${logDatabase}.${eventsTable.name}`,
      [...eventHeadColumns, ...eventPayloadColumns, eventRankColumn],
      writeEvent,
    );
    this.#records = new EventRecords(this.rows, registry);
  }

  /** Adds the framed event that stands there; false, and no row, when it cannot be decoded. */
  addRecord(place: RecordPlace, offset: number, bytes: Buffer, start: number, end: number): boolean {
    return this.#records.add(place, offset, bytes, start, end);
  }
}

/** `registry`: whose schema ids stand on records, besides those derived from `schemas/`. */
export const eventWriter = (registry: SchemaRegistry = derivedRegistry): EventWriter => new EventWriter(registry);
