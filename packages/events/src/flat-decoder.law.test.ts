import fc from "fast-check";
import { isRight } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { decodeEvent, encodeEvent } from "./avro-codec.ts";
import { Fault } from "./decode-fault.ts";
import { eventTypes, type SalesEvent } from "./event.ts";
import { decodeFlat } from "./flat-decoder.ts";
import { FlatEvent, Num, Slot, Small } from "./flat-event.ts";
import { LineCursor } from "./line-cursor.ts";
import { salesEvents } from "./testing/events.ts";
import {
  activityKinds,
  closeOutcomes,
  directions,
  spendCategories,
  subscriptionReasons,
  surveyKinds,
} from "./vocabulary.ts";

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const enumFields: Readonly<Record<string, readonly [SalesEvent["type"], string, number, ReadonlyArray<string>]>> = {
  activityKind: ["activity-logged", "kind", Small.activityKind, activityKinds],
  direction: ["activity-logged", "direction", Small.direction, directions],
  outcome: ["deal-closed", "outcome", Small.outcome, closeOutcomes],
  category: ["spend", "category", Small.category, spendCategories],
  subscriptionReason: ["subscription-changed", "reason", Small.subscriptionReason, subscriptionReasons],
  surveyKind: ["survey-answered", "kind", Small.surveyKind, surveyKinds],
};

const linesOf = (flat: FlatEvent): object[] => {
  const lines: object[] = [];
  const cursor = new LineCursor();
  cursor.reset(flat);
  while (cursor.next())
    lines.push({
      product: flat.bytes.toString("utf8", cursor.productStart, cursor.productEnd),
      quantity: cursor.quantity,
      amount_minor: cursor.amountMinor,
      ...(Number.isNaN(cursor.costMinor) ? {} : { cost_minor: cursor.costMinor }),
    });
  return lines;
};

/** The event put together again from what the flat form holds. */
const fromFlat = (flat: FlatEvent): Record<string, unknown> => {
  const type = eventTypes[flat.type];
  const event: Record<string, unknown> = { type, voided: flat.voided };
  for (const [name, slot] of Object.entries(Slot)) {
    const text = flat.text(slot);
    if (name !== "contactSealed" && text !== undefined) event[snake(name)] = text;
  }
  if (flat.has(Slot.contactSealed))
    event.contact_sealed = Buffer.from(
      flat.bytes.subarray(flat.start[Slot.contactSealed], flat.end[Slot.contactSealed]),
    );
  for (const [name, slot] of Object.entries(Num)) {
    const value = flat.numbers[slot] ?? Number.NaN;
    if (!Number.isNaN(value)) event[snake(name)] = value;
  }
  for (const [owner, field, slot, symbols] of Object.values(enumFields)) {
    const index = flat.small[slot] ?? -1;
    expect(index >= 0, `${field} of ${type}`).toBe(type === owner);
    if (index >= 0) event[field] = symbols[index];
  }
  if (type === "activity-logged") event.automated = flat.automated;
  if (flat.linesStart >= 0) event.lines = linesOf(flat);
  return event;
};

/** Records lie in the middle of a buffer of other bytes, as they do in a batch. */
const inMiddle = (record: Uint8Array): Buffer => Buffer.concat([Buffer.alloc(7, 0xff), record, Buffer.alloc(9, 0x02)]);
const decodeInMiddle = (record: Uint8Array, flat: FlatEvent): number =>
  decodeFlat(inMiddle(record), 7, 7 + record.length, flat);

const spansLieInside = (flat: FlatEvent): void => {
  for (const slot of Object.values(Slot)) {
    const [start = -1, end = -1] = [flat.start[slot], flat.end[slot]];
    if (start < 0) continue;
    expect(start).toBeGreaterThanOrEqual(flat.bodyStart);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(flat.bodyEnd);
  }
};

describe("laws of the decoders", () => {
  test("decoding what was encoded gives the event again", () => {
    fc.assert(
      fc.property(salesEvents, (event) => {
        expect(decodeEvent(encodeEvent(event))).toEqual({ _tag: "Right", right: event });
      }),
      { numRuns: 400 },
    );
  });

  test("the flat decoder, reused over events of all types, says the same as the full one", () => {
    const flat = new FlatEvent();
    fc.assert(
      fc.property(salesEvents, (event) => {
        expect(decodeInMiddle(encodeEvent(event), flat)).toBe(Fault.none);
        expect(fromFlat(flat)).toEqual(event);
        spansLieInside(flat);
      }),
      { numRuns: 400 },
    );
  });

  test("a record cut off anywhere is refused", () => {
    const flat = new FlatEvent();
    fc.assert(
      fc.property(salesEvents, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (event, share) => {
        const record = encodeEvent(event);
        const cut = record.subarray(0, Math.trunc(record.length * share));
        const fault = decodeInMiddle(cut, flat);
        expect([Fault.truncated, Fault.notFramed]).toContain(fault);
        expect(flat.type).toBe(-1);
        expect(isRight(decodeEvent(cut))).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test("a byte more is refused", () => {
    const flat = new FlatEvent();
    fc.assert(
      fc.property(salesEvents, (event) => {
        const longer = Buffer.concat([encodeEvent(event), Buffer.from([0])]);
        expect(decodeInMiddle(longer, flat)).toBe(Fault.trailingBytes);
      }),
    );
  });

  test("changed bytes are refused or read by both decoders alike, and never from outside the record", () => {
    const flat = new FlatEvent();
    const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(salesEvents, fc.array(change, { minLength: 1, maxLength: 4 }), (event, changes) => {
        const record = encodeEvent(event);
        for (const [at, byte] of changes) record[5 + (at % (record.length - 5))] = byte;
        const fault = decodeInMiddle(record, flat);
        const full = decodeEvent(record);
        expect(isRight(full)).toBe(fault === Fault.none);
        if (fault !== Fault.none || !isRight(full)) return;
        spansLieInside(flat);
        expect(fromFlat(flat)).toEqual(full.right);
      }),
      { numRuns: 2000 },
    );
  });

  test("arbitrary bytes behind a known schema id never throw", () => {
    const flat = new FlatEvent();
    fc.assert(
      fc.property(salesEvents, fc.uint8Array({ maxLength: 200 }), (event, bytes) => {
        const record = Buffer.concat([encodeEvent(event).subarray(0, 5), bytes]);
        const fault = decodeInMiddle(record, flat);
        expect(isRight(decodeEvent(record))).toBe(fault === Fault.none);
      }),
      { numRuns: 1000 },
    );
  });
});
