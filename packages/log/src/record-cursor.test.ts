import { crc32c } from "@node-rs/crc32";
import { describe, expect, test } from "vitest";
import { BatchBuilder, encodeBatch } from "./batch-builder.ts";
import { CorruptBatch } from "./log-fault.ts";
import { batchField, batchHeaderBytes, readBatchHeader, stampBatch } from "./record-batch.ts";
import { RecordCursor } from "./record-cursor.ts";

const text = (value: string): Buffer => Buffer.from(value);
const offsetsFrom = (bytes: Buffer, from: number): number[] => {
  const cursor = new RecordCursor();
  cursor.reset(bytes, from);
  const offsets: number[] = [];
  while (cursor.next()) offsets.push(cursor.offset);
  return offsets;
};
const three = [1, 2, 3].map((n) => ({ key: text(`k${n}`), value: text(`v${n}`) }));
const reseal = (batch: Buffer): Buffer => {
  batch.writeUInt32BE(crc32c(batch.subarray(batchField.attributes)), batchField.crc);
  return batch;
};

describe("a record batch", () => {
  test("is laid out as Kafka lays it out", () => {
    const batch = encodeBatch([{ key: null, value: text("hi"), headers: { a: "b" } }], 7, 1_700_000_000_000);
    expect(batch.toString("hex", 0, batchField.crc)).toBe(`${"0".repeat(15)}7${"0000003e"}ffffffff02`);
    expect(batch.toString("hex", batchField.attributes)).toBe(
      "0008" + // log append time
        "00000000" + // last offset delta
        "0000000000000000" + // base timestamp
        "0000018bcfe56800" + // append time
        "ffffffffffffffff" + // no producer id,
        "ffff" + // epoch
        "ffffffff" + // or sequence
        "00000001" + // one record
        "18" + // of 12 bytes
        "00" + // attributes
        "00" + // timestamp delta
        "00" + // offset delta
        "01" + // null key
        "046869" + // value "hi"
        "02" + // one header
        "0261" + // "a"
        "0262", // "b"
    );
    expect(batch.length).toBe(batchHeaderBytes + 13);
  });

  test("takes an offset beyond 32 bits", () => {
    const batch = encodeBatch(three, 2 ** 53 - 10, 5);
    expect(readBatchHeader(batch)).toMatchObject({ baseOffset: 2 ** 53 - 10, recordCount: 3, maxTimestampMs: 5 });
    expect(offsetsFrom(batch, 0)).toEqual([2 ** 53 - 10, 2 ** 53 - 9, 2 ** 53 - 8]);
  });

  test("can be stamped again with another place and time", () => {
    const batch = encodeBatch(three, 0, 1);
    stampBatch(batch, 40, 2);
    expect(offsetsFrom(batch, 0)).toEqual([40, 41, 42]);
  });

  test("needs a record", () => {
    const builder = new BatchBuilder();
    builder.begin();
    expect(() => builder.finish()).toThrow("at least one record");
  });

  test("keeps its bytes when its builder goes on", () => {
    const builder = new BatchBuilder();
    builder.begin();
    builder.add(null, text("first"));
    const first = builder.finish();
    stampBatch(first, 0, 0);
    builder.begin();
    builder.add(null, text("other"));
    builder.finish();
    expect(first.includes("first")).toBe(true);
  });
});

describe("RecordCursor", () => {
  test("walks batch after batch and skips what lies below the asked offset", () => {
    const bytes = Buffer.concat([encodeBatch(three, 0, 1), encodeBatch(three, 3, 2), encodeBatch(three, 10, 3)]);
    expect(offsetsFrom(bytes, 0)).toEqual([0, 1, 2, 3, 4, 5, 10, 11, 12]);
    expect(offsetsFrom(bytes, 4)).toEqual([4, 5, 10, 11, 12]);
    expect(offsetsFrom(bytes, 7)).toEqual([10, 11, 12]);
    expect(offsetsFrom(bytes, 13)).toEqual([]);
  });

  test("has nothing to show for no bytes", () => {
    expect(offsetsFrom(Buffer.alloc(0), 0)).toEqual([]);
  });

  test("finds a header by its name, and none where there is none", () => {
    const cursor = new RecordCursor();
    cursor.reset(
      encodeBatch([{ key: null, value: text("v"), headers: { from: "x", id: "Łódź", none: "" } }, ...three], 0, 1),
      0,
    );
    cursor.next();
    expect([cursor.header("id"), cursor.header("none"), cursor.header("i"), cursor.headerCount]).toEqual([
      "Łódź",
      "",
      undefined,
      3,
    ]);
    cursor.next();
    expect([cursor.header("id"), cursor.headerCount, cursor.offset]).toEqual([undefined, 0, 1]);
  });

  test("refuses a batch cut short", () => {
    const batch = encodeBatch(three, 0, 1);
    expect(() => offsetsFrom(batch.subarray(0, batch.length - 1), 0)).toThrow(CorruptBatch);
    expect(() => offsetsFrom(batch.subarray(0, 20), 0)).toThrow(CorruptBatch);
  });

  test("refuses a compressed batch and names the codec", () => {
    const batch = encodeBatch(three, 0, 1);
    batch.writeInt16BE(0x08 | 4, batchField.attributes);
    expect(() => offsetsFrom(reseal(batch), 0)).toThrow("codec 4");
  });

  test("passes over Kafka's own control batches", () => {
    const control = encodeBatch(three, 0, 1);
    control.writeInt16BE(0x28, batchField.attributes);
    expect(offsetsFrom(Buffer.concat([reseal(control), encodeBatch(three, 3, 2)]), 0)).toEqual([3, 4, 5]);
  });

  test("refuses more records than the batch holds, even under a right checksum", () => {
    const batch = encodeBatch(three, 0, 1);
    batch.writeInt32BE(1000, batchField.recordCount);
    expect(() => offsetsFrom(reseal(batch), 0)).toThrow(CorruptBatch);
  });
});
