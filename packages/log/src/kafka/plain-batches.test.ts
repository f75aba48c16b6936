import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { crc32c } from "@node-rs/crc32";
import { expect, test } from "vitest";
import { encodeBatch } from "../batch-builder.ts";
import { batchField, batchHeaderBytes } from "../record-batch.ts";
import { RecordCursor } from "../record-cursor.ts";
import { plainBatches } from "./plain-batches.ts";

const batchOf = (offset: number, ...texts: ReadonlyArray<string>): Buffer =>
  encodeBatch(
    texts.map((text) => ({ key: Buffer.from("k"), value: Buffer.from(text), headers: { source: "crm" } })),
    offset,
    1_770_000_000_000,
  );

/** The batch as a broker stores it whose topic says so. */
const packed = (batch: Buffer, codec: number, pack: (records: Buffer) => Buffer): Buffer => {
  const stored = Buffer.concat([batch.subarray(0, batchHeaderBytes), pack(batch.subarray(batchHeaderBytes))]);
  stored.writeInt32BE(stored.length - batchField.leaderEpoch, batchField.batchLength);
  stored.writeInt16BE(batch.readInt16BE(batchField.attributes) | codec, batchField.attributes);
  stored.writeUInt32BE(crc32c(stored.subarray(batchField.attributes)), batchField.crc);
  return stored;
};

test("batches that were stored compressed are read as if they had not been, between plain ones", () => {
  const batches = [batchOf(0, "a", "b"), batchOf(2, "c"), batchOf(3, "d".repeat(5_000)), batchOf(4, "e")];
  const [first, second, third, fourth] = batches as [Buffer, Buffer, Buffer, Buffer];
  const stored = [first, packed(second, 1, gzipSync), packed(third, 4, zstdCompressSync), fourth];
  expect(plainBatches(Buffer.concat(stored))).toEqual(Buffer.concat(batches));
});

test("plain batches are given as they are, without a copy", () => {
  const bytes = Buffer.concat([batchOf(0, "a"), batchOf(1, "b")]);
  expect(plainBatches(bytes)).toBe(bytes);
});

test.each([
  ["in a form that is not known", packed(batchOf(0, "a"), 2, deflateSync)],
  ["and not what its codec says", packed(batchOf(0, "a"), 1, deflateSync)],
])("a batch that is compressed %s is left to its reader, which names it", (_, batch) => {
  const cursor = new RecordCursor();
  cursor.reset(plainBatches(batch), 0);
  expect(() => cursor.next()).toThrow("it is compressed");
});

test("a damaged batch is not made a good one", () => {
  const batch = packed(batchOf(0, "a"), 1, gzipSync);
  batch.writeUInt32BE(7, batchField.crc);
  const cursor = new RecordCursor();
  cursor.reset(plainBatches(batch), 0);
  expect(() => cursor.next()).toThrow("its checksum is");
});
