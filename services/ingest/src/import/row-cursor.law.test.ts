import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvFields } from "./csv-rows.ts";
import { RowCursor } from "./row-cursor.ts";
import { defaultRowLimits, type RowLimits } from "./row-limits.ts";

interface Read {
  readonly line: number;
  readonly bytes: string;
  readonly fields: ReadonlyArray<string> | string;
}

const readAll = (chunks: ReadonlyArray<Buffer>, limits: RowLimits = defaultRowLimits): Read[] => {
  const cursor = new RowCursor({ encoding: "utf-8", delimiter: "," }, limits);
  const rows: Read[] = [];
  const drain = (): void => {
    while (cursor.next()) {
      const fields = csvFields(cursor, ",", limits, null);
      const shown = "reason" in fields ? fields.reason : fields;
      rows.push({ line: cursor.line, bytes: cursor.bytes.toString("hex"), fields: shown });
    }
  };
  for (const chunk of chunks) {
    cursor.feed(chunk);
    drain();
  }
  cursor.finish();
  drain();
  expect(cursor.bytesRead).toBe(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  return rows;
};

const cut = (bytes: Buffer, cuts: ReadonlyArray<number>): Buffer[] => {
  const places = [0, ...cuts.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => Buffer.from(bytes.subarray(places[index], end)));
};

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", '"', ",", "\n", "\r\n", " ", "é", "ț"), maxLength: 6 }),
  fc.string({ unit: "grapheme", maxLength: 4 }).map((text) => text.replaceAll("\0", "").replaceAll("\r", "")),
);
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
const cuts = fc.array(fc.nat(400), { maxLength: 6 });
const written = (rows: ReadonlyArray<ReadonlyArray<string>>, end: string): string =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",") + end).join("");

test("any table, however it is cut into chunks, reads back as it was written and as csv-parse reads it", () => {
  fc.assert(
    fc.property(table, cuts, fc.constantFrom("\n", "\r\n"), (rows, places, end) => {
      const text = written(rows, end);
      const read = readAll(cut(Buffer.from(text), places)).map((row) => row.fields);
      expect(read).toEqual(rows);
      expect(read).toEqual(parse(text, { relax_column_count: true, record_delimiter: end }));
    }),
  );
});

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x61, 0x00, 0xc3, 0xa9, 0xff), { maxLength: 60 })
    .map((bytes) => Buffer.from(bytes)),
);

test("any bytes give the same rows however they are cut into chunks, and none is left unread", () => {
  fc.assert(
    fc.property(noise, cuts, (bytes, places) => {
      expect(readAll(cut(bytes, places))).toEqual(readAll([bytes]));
    }),
    { numRuns: 1000 },
  );
});

test("rows longer than a row may be never hold the reader up", () => {
  fc.assert(
    fc.property(noise, cuts, (bytes, places) => {
      const rows = readAll(cut(bytes, places), { fieldBytesMax: 4, rowBytesMax: 8 });
      for (const row of rows.filter(({ fields }) => fields === "field_too_large"))
        expect(row.bytes.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
