import { crc32c } from "@node-rs/crc32";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BatchRecord, encodeBatch } from "./batch-builder.ts";
import { CorruptBatch } from "./log-fault.ts";
import { batchField } from "./record-batch.ts";
import { RecordCursor } from "./record-cursor.ts";

const bytesOf = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const textOf = fc.string({ maxLength: 12, unit: "grapheme" });
const record: fc.Arbitrary<BatchRecord> = fc.record(
  { key: fc.option(bytesOf(90)), value: bytesOf(300), headers: fc.dictionary(textOf, textOf, { maxKeys: 4 }) },
  { requiredKeys: ["key", "value"] },
);
const batchOf = fc.array(record, { minLength: 1, maxLength: 20 });
const batchesOf = fc.array(batchOf, { minLength: 1, maxLength: 5 });

interface Seen {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string;
  readonly headers: Record<string, string | undefined>;
}

const walk = (bytes: Buffer, from: number, names: (index: number) => ReadonlyArray<string>): Seen[] => {
  const cursor = new RecordCursor();
  cursor.reset(bytes, from);
  const seen: Seen[] = [];
  while (cursor.next()) {
    for (const place of [cursor.keyEnd, cursor.valueEnd, cursor.headersStart]) {
      if (place > bytes.length) throw new Error(`reads at ${place}, behind the end ${bytes.length}`);
    }
    const { keyStart, keyEnd, valueStart, valueEnd } = cursor;
    seen.push({
      offset: cursor.offset,
      key: keyStart < 0 ? null : bytes.toString("hex", keyStart, keyEnd),
      value: bytes.toString("hex", valueStart, valueEnd),
      headers: Object.fromEntries(names(seen.length).map((name) => [name, cursor.header(name)])),
    });
  }
  return seen;
};

const noNames = (): ReadonlyArray<string> => [];
const contents = (seen: ReadonlyArray<Seen>): ReadonlyArray<readonly [string | null, string]> =>
  seen.map(({ key, value }) => [key, value] as const);

describe("record batches", () => {
  test("give back every record as it was put in, from any offset on", () => {
    fc.assert(
      fc.property(batchesOf, fc.nat(60), (batches, from) => {
        const records = batches.flat();
        let next = 0;
        const parts = batches.map((batch) => {
          const part = encodeBatch(batch, next, 1);
          next += batch.length;
          return part;
        });
        const expected = records
          .map((each, offset) => ({
            offset,
            key: each.key === null ? null : Buffer.from(each.key).toString("hex"),
            value: Buffer.from(each.value).toString("hex"),
            headers: { ...each.headers },
          }))
          .slice(from);
        const names = (index: number): string[] => Object.keys(records[from + index]?.headers ?? {});
        expect(walk(Buffer.concat(parts), from, names)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test("show a changed byte as damage, or it changes no key and no value", () => {
    fc.assert(
      fc.property(batchesOf, fc.nat(), fc.integer({ min: 1, max: 255 }), (batches, at, flip) => {
        const bytes = Buffer.concat(batches.map((batch, index) => encodeBatch(batch, index * 100, 1)));
        const before = contents(walk(bytes, 0, noNames));
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        try {
          // Offsets stand outside the checksum: a reader of the log holds them against the batch's key.
          expect(contents(walk(bytes, -(2 ** 63), noNames))).toEqual(before);
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptBatch);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("never read out of bounds, even where a right checksum covers nonsense", () => {
    fc.assert(
      fc.property(
        batchOf,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (batch, edits) => {
          const bytes = encodeBatch(batch, 0, 1);
          const body = bytes.length - batchField.attributes;
          for (const [at, byte] of edits) bytes[batchField.attributes + (at % body)] = byte;
          bytes.writeUInt32BE(crc32c(bytes.subarray(batchField.attributes)), batchField.crc);
          try {
            walk(bytes, 0, () => ["any"]);
          } catch (error) {
            expect(error).toBeInstanceOf(CorruptBatch);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
