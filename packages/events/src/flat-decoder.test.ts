import { describe, expect, test } from "vitest";
import { encodeEvent, eventCodec } from "./avro-codec.ts";
import type { FieldSchema, RecordSchema } from "./avro-schema.ts";
import { avroType, longMax, longMin } from "./avro-type.ts";
import { Fault } from "./decode-fault.ts";
import type { DealClosed } from "./event.ts";
import { decodeFlat, FlatDecoder } from "./flat-decoder.ts";
import { FlatEvent, Num, Slot, Small } from "./flat-event.ts";
import { LineCursor } from "./line-cursor.ts";
import { currentSchemas } from "./schema/published.ts";
import { derivedRegistry, type SchemaRegistry } from "./schema-registry.ts";
import { frameLength, writeFrame } from "./wire.ts";

const close: DealClosed = {
  type: "deal-closed",
  event_id: "e4",
  source_system: "crm",
  occurred_at: 1_774_000_000_000,
  revision: 2,
  voided: false,
  lead_id: "L1",
  outcome: "lost",
  amount_minor: 12_000,
  currency: "EUR",
  lines: [
    { product: "A", quantity: 1.5, amount_minor: 8_000, cost_minor: 5_000 },
    { product: "B", quantity: 2, amount_minor: 4_000 },
  ],
  owner: "ana",
};

const framed = (id: number, schema: RecordSchema, value: unknown): Buffer => {
  const record = Buffer.concat([Buffer.alloc(frameLength), avroType(schema).toBuffer(value)]);
  writeFrame(record, id);
  return record;
};

/** A registry in which `id` is a foreign version of deal-closed. */
const withForeign = (id: number, schema: RecordSchema): SchemaRegistry => ({
  idOf: derivedRegistry.idOf,
  byId: (asked) => (asked === id ? { name: "deal-closed", schema } : derivedRegistry.byId(asked)),
});

const foreignDeal = (change: (fields: ReadonlyArray<FieldSchema>) => ReadonlyArray<FieldSchema>): RecordSchema => ({
  ...currentSchemas["deal-closed"],
  fields: change(currentSchemas["deal-closed"].fields),
});

const lineSchema = ((): RecordSchema => {
  const lines = currentSchemas["deal-closed"].fields.find((field) => field.name === "lines")?.type;
  if (typeof lines === "object" && "items" in lines && typeof lines.items === "object" && "fields" in lines.items)
    return lines.items;
  throw new Error("deal-closed has no lines");
})();

describe("flat decoder", () => {
  test("reads numbers, enums and lines into their places", () => {
    const record = encodeEvent(close);
    const flat = new FlatEvent();
    expect(decodeFlat(record, 0, record.length, flat)).toBe(Fault.none);
    expect(flat.occurredAtMs).toBe(close.occurred_at);
    expect(flat.revision).toBe(2);
    expect(flat.text(Slot.owner)).toBe("ana");
    expect(flat.has(Slot.team)).toBe(false);
    expect(flat.small[Small.outcome]).toBe(1);
    expect(flat.numbers[Num.termMonths]).toBeNaN();
    expect(flat.linesCount).toBe(2);
  });

  test("nothing of an event is left in the next one", () => {
    const flat = new FlatEvent();
    const first = encodeEvent(close);
    decodeFlat(first, 0, first.length, flat);
    const { owner: _owner, ...rest } = close;
    const second = encodeEvent({ ...rest, lines: [] });
    decodeFlat(second, 0, second.length, flat);
    expect(flat.has(Slot.owner)).toBe(false);
    expect(flat.linesCount).toBe(0);
    const third = encodeEvent({
      type: "lead-erased",
      event_id: "e9",
      source_system: "crm",
      occurred_at: 1,
      revision: 0,
      voided: true,
      lead_id: "L1",
      request_id: "r1",
    });
    decodeFlat(third, 0, third.length, flat);
    expect(flat.has(Slot.currency)).toBe(false);
    expect(flat.numbers[Num.amountMinor]).toBeNaN();
    expect(flat.small[Small.outcome]).toBe(-1);
    expect(flat.linesStart).toBe(-1);
  });

  test("an event written with an older schema is read by both decoders", () => {
    // An older version: no recurring amount, term before the lines, amounts as int.
    const older = foreignDeal((fields) => {
      const kept = fields.filter((field) => field.name !== "recurring_amount_minor" && field.name !== "term_months");
      const term: FieldSchema = { name: "term_months", type: ["int", "null"], default: 12 };
      return [term, ...kept.map((field) => (field.name === "amount_minor" ? { ...field, type: "int" } : field))];
    });
    const registry = withForeign(77, older);
    const record = framed(77, older, { ...close, term_months: 24 });
    const flat = new FlatEvent();
    expect(new FlatDecoder(registry).decode(record, 0, record.length, flat)).toBe(Fault.none);
    expect(flat.numbers[Num.termMonths]).toBe(24);
    expect(flat.numbers[Num.amountMinor]).toBe(12_000);
    expect(flat.linesCount).toBe(2);
    expect(eventCodec(registry).decodeEvent(record)).toEqual({ _tag: "Right", right: { ...close, term_months: 24 } });
  });

  test("lines written before costs were known have no cost, whatever was read before", () => {
    const line = { ...lineSchema, fields: lineSchema.fields.filter((field) => field.name !== "cost_minor") };
    const older = foreignDeal((fields) =>
      fields.map((field) =>
        field.name === "lines" ? { ...field, type: { type: "array", items: line } as const } : field,
      ),
    );
    const flat = new FlatEvent();
    const cursor = new LineCursor();
    const costs: number[] = [];
    const decoder = new FlatDecoder(withForeign(79, older));
    for (const record of [encodeEvent({ ...close, lines: close.lines.slice(0, 1) }), framed(79, older, close)]) {
      expect(decoder.decode(record, 0, record.length, flat)).toBe(Fault.none);
      cursor.reset(flat);
      while (cursor.next()) costs.push(cursor.costMinor);
    }
    expect(costs).toEqual([5_000, Number.NaN, Number.NaN]);
  });

  test("a newer writer's fields are walked over, and its unknown enum symbol is refused", () => {
    const newer = foreignDeal((fields) => [
      { name: "note", type: ["null", "string"] },
      { name: "weight", type: "float" },
      ...fields.map((field) =>
        field.name === "outcome"
          ? { ...field, type: { type: "enum" as const, name: "CloseOutcome", symbols: ["postponed", "won", "lost"] } }
          : field,
      ),
    ]);
    const decoder = new FlatDecoder(withForeign(78, newer));
    const flat = new FlatEvent();
    const record = framed(78, newer, { ...close, note: "x", weight: 0.5 });
    expect(decoder.decode(record, 0, record.length, flat)).toBe(Fault.none);
    expect(flat.small[Small.outcome]).toBe(1);
    expect(flat.text(Slot.owner)).toBe("ana");
    const unknown = framed(78, newer, { ...close, outcome: "postponed", note: null, weight: 1 });
    expect(decoder.decode(unknown, 0, unknown.length, flat)).toBe(Fault.badEnum);
  });

  test("lines in several blocks, with sizes, are read like lines in one", () => {
    const record = encodeEvent(close);
    const flat = new FlatEvent();
    decodeFlat(record, 0, record.length, flat);
    const one = close.lines.map((line) => avroType(lineSchema).toBuffer(line));
    const blocks = Buffer.concat([
      Buffer.from([0x01, one[0]!.length * 2]),
      one[0]!,
      Buffer.from([0x02]),
      one[1]!,
      Buffer.from([0]),
    ]);
    const former = Buffer.concat([Buffer.from([0x04]), ...one, Buffer.from([0])]);
    const after = record.subarray(flat.linesStart + former.length);
    const blocked = Buffer.concat([record.subarray(0, flat.linesStart), blocks, after]);
    expect(decodeFlat(blocked, 0, blocked.length, flat)).toBe(Fault.none);
    expect(flat.linesCount).toBe(2);
    const cursor = new LineCursor();
    cursor.reset(flat);
    const amounts: number[] = [];
    while (cursor.next()) amounts.push(cursor.amountMinor);
    expect(amounts).toEqual([8_000, 4_000]);
  });

  test.each([
    ["an empty record", Buffer.alloc(0), Fault.notFramed],
    ["plain JSON", Buffer.from('{"type":"spend"}'), Fault.notFramed],
    ["an id nobody published", Buffer.from([0, 0, 0, 0, 9, 1, 2, 3]), Fault.unknownSchema],
    [
      "a schema that is no event's",
      framed(derivedRegistry.idOf("quarantined"), currentSchemas.quarantined, {
        id: "q",
        source_system: "",
        origin: "f",
        partition: null,
        position: 1,
        reason: "bad_date",
        detail: "",
        bytes: Buffer.alloc(0),
        appended_at: null,
      }),
      Fault.unknownSchema,
    ],
  ])("%s is refused with its own fault", (_name, record, fault) => {
    expect(decodeFlat(record, 0, record.length, new FlatEvent())).toBe(fault);
  });

  test("a text in Latin-1 or with a NUL is refused", () => {
    const flat = new FlatEvent();
    const latin = encodeEvent({ ...close, owner: "ana?" });
    latin[latin.lastIndexOf("?")] = 0xe4;
    expect(decodeFlat(latin, 0, latin.length, flat)).toBe(Fault.wrongEncoding);
    const nul = encodeEvent({ ...close, owner: "a\0a" });
    expect(decodeFlat(nul, 0, nul.length, flat)).toBe(Fault.nulByte);
  });

  test("a long beyond what numbers hold exactly and a number that is not finite are refused", () => {
    const flat = new FlatEvent();
    const head = { event_id: "e", source_system: "s", occurred_at: 0, revision: 0, voided: false };
    const target = { ...head, metric: "sales", scope: "company", period: "2026", value: Number.POSITIVE_INFINITY };
    const infinite = framed(derivedRegistry.idOf("target-set"), currentSchemas["target-set"], target);
    expect(decodeFlat(infinite, 0, infinite.length, flat)).toBe(Fault.badNumber);
    // The largest zigzag varint of ten bytes where occurred_at stands.
    const erased = encodeEvent({
      type: "lead-erased",
      ...head,
      event_id: "",
      source_system: "",
      lead_id: "L",
      request_id: "r",
    });
    const at = frameLength + 2;
    const huge = Buffer.concat([
      erased.subarray(0, at),
      Buffer.alloc(9, 0xff),
      Buffer.from([1]),
      erased.subarray(at + 1),
    ]);
    expect(decodeFlat(huge, 0, huge.length, flat)).toBe(Fault.badNumber);
    for (const occurred_at of [longMax, longMin, 2 ** 31, -(2 ** 31), 2 ** 27, -(2 ** 27) - 1]) {
      const record = encodeEvent({ type: "lead-erased", ...head, occurred_at, lead_id: "L", request_id: "r" });
      expect(decodeFlat(record, 0, record.length, flat)).toBe(Fault.none);
      expect(flat.occurredAtMs).toBe(occurred_at);
    }
  });
});
