import {
  contentHash,
  contentHashOfBody,
  type EventCodec,
  eventCodec,
  eventTypes,
  Fault,
  FlatDecoder,
  FlatEvent,
  frameLength,
  isOneOf,
  LineCursor,
  type SchemaIds,
  type SchemaRegistry,
  schemaIdsOf,
} from "@leadwire/events";
import { isLeft } from "fp-ts/lib/Either.js";
import type { ByteColumn } from "../byte-column.ts";
import type { NativeBlock } from "../native-block.ts";
import { type EventStep, eventPlan, Form } from "./event-plan.ts";
import { writeRank } from "./event-rank.ts";

/** Where a record stands in the log. */
export interface RecordPlace {
  readonly topic: string;
  readonly partition: number;
  readonly appendTimeMs: number;
}

/** Bytes of a whole number as a varint that is no longer than it must be. */
const longBytes = (value: number): number => {
  const zigZag = value < 0 ? -value * 2 - 1 : value * 2;
  let bytes = 1;
  for (let limit = 128; zigZag >= limit; limit *= 128) bytes += 1;
  return bytes;
};

/** Above it, the blocks of an array can be cut in several ways of one length. */
const linesMax = 63;

/** Writes events into a block straight from their records: no string and no object per field. */
export class EventRecords {
  readonly #block: NativeBlock;
  readonly #plan: ReadonlyArray<ReadonlyArray<EventStep>>;
  readonly #flat = new FlatEvent();
  readonly #lines = new LineCursor();
  readonly #decoder: FlatDecoder;
  readonly #decode: EventCodec["decodeEvent"];
  /** By type: the ids of its current schema. */
  readonly #currentIds: ReadonlyArray<SchemaIds>;
  readonly #columns;

  constructor(block: NativeBlock, registry: SchemaRegistry) {
    this.#decoder = new FlatDecoder(registry);
    this.#decode = eventCodec(registry).decodeEvent;
    this.#currentIds = eventTypes.map((type) => schemaIdsOf(registry, type));
    this.#block = block;
    this.#plan = eventPlan(block);
    this.#columns = {
      topic: block.column("topic").values,
      partition: block.column("partition").values,
      offset: block.column("offset").values,
      appendTime: block.column("append_time").values,
      type: block.column("type").values,
      product: block.column("lines.product"),
      quantity: block.column("lines.quantity"),
      amount: block.column("lines.amount_minor"),
      cost: block.column("lines.cost_minor"),
      rank: block.column("rank").values,
    };
  }

  /** Adds the framed event that stands there as a row; false when it cannot be decoded. */
  add(place: RecordPlace, offset: number, bytes: Buffer, start: number, end: number): boolean {
    const flat = this.#flat;
    if (this.#decoder.decode(bytes, start, end, flat) !== Fault.none) return false;
    const row = this.#block.openRow();
    const columns = this.#columns;
    columns.topic.string(place.topic);
    columns.partition.int32(place.partition);
    columns.offset.int64(offset);
    columns.appendTime.int64(place.appendTimeMs);
    columns.type.uint8(flat.type);
    const steps = this.#plan[flat.type] ?? [];
    let shortest = this.#writeLines();
    for (let index = 0; index < steps.length; index += 1) shortest += write(steps[index] as EventStep, flat, row);
    writeRank(columns.rank, flat.revision, this.#hash(shortest));
    this.#block.closeRow();
    return true;
  }

  /**
   * The content's hash is that of its canonical bytes. A record has them when it was written with the current schema
   * and takes no more bytes than its values need; any other is written again.
   */
  #hash(shortest: number): string {
    const { type, schemaId, bytes, bodyStart, bodyEnd, linesCount } = this.#flat;
    const name = eventTypes[type];
    const current = this.#currentIds[type];
    if (
      name !== undefined &&
      current !== undefined &&
      isOneOf(current, schemaId) &&
      bodyEnd - bodyStart === shortest &&
      linesCount <= linesMax
    ) {
      return contentHashOfBody(name, bytes, bodyStart, bodyEnd);
    }
    const decoded = this.#decode(bytes.subarray(bodyStart - frameLength, bodyEnd));
    if (isLeft(decoded)) throw new Error(`an event decodes flat and not otherwise: ${decoded.left.detail}`);
    return contentHash(decoded.right);
  }

  /** Writes a row of the lines' columns; answers how many bytes the lines need, without the array's own. */
  #writeLines(): number {
    const { product, quantity, amount, cost } = this.#columns;
    const flat = this.#flat;
    const lines = this.#lines;
    const count = flat.linesCount;
    for (const column of [product, quantity, amount, cost]) column.array(count);
    if (count === 0) return 0;
    let bytes = 0;
    lines.reset(flat);
    while (lines.next()) {
      const { productStart, productEnd, amountMinor, costMinor } = lines;
      const hasCost = !Number.isNaN(costMinor);
      product.values.span(flat.bytes, productStart, productEnd);
      quantity.values.float64(lines.quantity);
      amount.values.int64(amountMinor);
      cost.nulls.uint8(hasCost ? 0 : 1);
      cost.values.int64(hasCost ? costMinor : 0);
      bytes +=
        textBytes(productEnd - productStart) + 8 + longBytes(amountMinor) + 1 + (hasCost ? longBytes(costMinor) : 0);
    }
    return bytes + longBytes(count);
  }
}

const textBytes = (length: number): number => longBytes(length) + length;

/** One field; answers how many bytes it needs. */
const write = (step: EventStep, flat: FlatEvent, row: number): number => {
  const branch = step.optional ? 1 : 0;
  if (step.form === Form.text) return branch + writeText(step, flat, row);
  if (step.form >= Form.flag) return branch + writeSmall(step, flat, row);
  const value = flat.numbers[step.place] ?? Number.NaN;
  if (Number.isNaN(value)) return branch;
  const values = valuesOf(step, row);
  if (step.form === Form.double) {
    values?.float64(value);
    return branch + 8;
  }
  if (step.form === Form.day) values?.int32(value);
  else values?.int64(value);
  return branch + longBytes(value);
};

const writeText = (step: EventStep, flat: FlatEvent, row: number): number => {
  const start = flat.start[step.place] ?? -1;
  if (start < 0) return 0;
  const end = flat.end[step.place] ?? start;
  valuesOf(step, row)?.span(flat.bytes, start, end);
  return textBytes(end - start);
};

/** Flags, symbols, and of an array the byte that ends it: one byte each. */
const writeSmall = (step: EventStep, flat: FlatEvent, row: number): number => {
  if (step.form === Form.lines) return 1;
  const value = flat.small[step.place] ?? -1;
  if (value < 0) return 0;
  const text = step.texts[value];
  if (text === undefined) valuesOf(step, row)?.uint8(value);
  else valuesOf(step, row)?.span(text, 0, text.length);
  return 1;
};

const valuesOf = ({ column }: EventStep, row: number): ByteColumn | undefined =>
  column?.isNullable === true ? column.valueAt(row) : column?.values;
