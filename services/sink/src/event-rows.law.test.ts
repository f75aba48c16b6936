import { contentHash, type DealLine, decodeEvent, encodeEvent, type SalesEvent } from "@leadwire/events";
import { salesEvents } from "@leadwire/events/testing";
import { type EventWriter, eventWriter } from "@leadwire/store";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { writtenBlock } from "./testing/written-block.ts";

const place = { topic: "leadwire.funnel", partition: 3, appendTimeMs: 1_770_000_000_000 };

const addAsObject = (writer: EventWriter, record: Buffer, offset: number): void => {
  const decoded = decodeEvent(record);
  if (isLeft(decoded)) throw new Error(decoded.left.detail);
  writer.add({ ...place, offset, event: decoded.right, contentHash: contentHash(decoded.right) });
};

/** In the middle of other bytes, as it stands in a chunk of the log. */
const addAsRecord = (writer: EventWriter, record: Buffer, offset: number): boolean => {
  const bytes = Buffer.concat([Buffer.from([255, 255]), record, Buffer.from([255, 255])]);
  return writer.addRecord(place, offset, bytes, 2, bytes.length - 2);
};

const bothBlocks = async (records: ReadonlyArray<Buffer>): Promise<readonly [string, string]> => {
  const asObjects = eventWriter();
  const asRecords = eventWriter();
  for (const [offset, record] of records.entries()) {
    addAsObject(asObjects, record, offset);
    expect(addAsRecord(asRecords, record, offset)).toBe(true);
  }
  expect(asRecords.byteLength).toBe(asObjects.byteLength);
  return [await writtenBlock(asRecords), await writtenBlock(asObjects)];
};

test("events make the same block from their records as from what they decode to", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(salesEvents, { maxLength: 12 }), async (events) => {
      const [asRecords, asObjects] = await bothBlocks(events.map((event) => encodeEvent(event)));
      expect(asRecords).toBe(asObjects);
    }),
    { numRuns: 150 },
  );
});

const closed = (lines: ReadonlyArray<DealLine>): SalesEvent => ({
  type: "deal-closed",
  event_id: "e",
  source_system: "s",
  occurred_at: 1_770_000_000_000,
  revision: 0,
  voided: false,
  lead_id: "L1",
  outcome: "won",
  amount_minor: 500,
  currency: "EUR",
  lines,
});

/** The same event with its instant as a varint of a byte more than it needs. */
const withLongVarint = (record: Buffer): Buffer => {
  const last = record.findIndex((byte, index) => index >= 9 && byte < 0x80);
  const longer = Buffer.concat([record.subarray(0, last + 1), Buffer.from([0]), record.subarray(last + 1)]);
  longer[last] = (longer[last] ?? 0) | 0x80;
  return longer;
};

/** The same event with its 100 lines in two blocks of 50: other bytes, and as many. */
const inTwoBlocks = (record: Buffer): Buffer => {
  const line = Buffer.from([2, 112, 0, 0, 0, 0, 0, 0, 240, 63, 10, 0]);
  const first = record.indexOf(line);
  const half = first + 50 * line.length;
  const count = Buffer.from([100]);
  return Buffer.concat([
    record.subarray(0, first - 2),
    ...[count, record.subarray(first, half), count],
    record.subarray(half),
  ]);
};

test("bytes that are not the shortest, or blocks cut otherwise, have the rank of their content", async () => {
  const plain = encodeEvent(closed([]));
  const hundred = encodeEvent(
    closed(Array.from({ length: 100 }, () => ({ product: "p", quantity: 1, amount_minor: 5 }))),
  );
  const longer = withLongVarint(plain);
  const cut = inTwoBlocks(hundred);
  expect(longer.length).toBe(plain.length + 1);
  expect(cut.length).toBe(hundred.length);
  for (const [canonical, other] of [[plain, longer] as const, [hundred, cut] as const]) {
    expect(other.equals(canonical)).toBe(false);
    expect(decodeEvent(other)).toEqual(decodeEvent(canonical));
    const [asRecords, asObjects] = await bothBlocks([other]);
    expect(asRecords).toBe(asObjects);
    expect(asRecords).toBe((await bothBlocks([canonical]))[0]);
  }
});

test("an event that cannot be decoded makes no row", async () => {
  const record = encodeEvent(closed([]));
  const writer = eventWriter();
  for (let end = 0; end < record.length; end += 1) {
    expect(writer.addRecord(place, 0, record, 0, end)).toBe(false);
  }
  expect(writer.rowCount).toBe(0);
  expect(addAsRecord(writer, record, 0)).toBe(true);
  expect(await writtenBlock(writer)).toBe((await bothBlocks([record]))[0]);
});
