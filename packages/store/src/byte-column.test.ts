import { expect, test } from "vitest";
import { ByteColumn } from "./byte-column.ts";

const bytesOf = (write: (rows: ByteColumn) => void): ReadonlyArray<number> => {
  const rows = new ByteColumn(1);
  write(rows);
  return [...rows.view()];
};

test.each([0, 1, -1, 255, 256, -256, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1])(
  "writes %d as 64 bits in two's complement",
  (value) => {
    const expected = Buffer.alloc(8);
    expected.writeBigInt64LE(BigInt(value));
    expect(bytesOf((rows) => rows.int64(value))).toEqual([...expected]);
  },
);

test.each([0.5, 2 ** 53, Number.NaN])("refuses %d as a 64-bit integer", (value) => {
  expect(() => new ByteColumn().int64(value)).toThrow(RangeError);
});

test.each(["", "ana", "Zażółć", "客戶", "x".repeat(47), "x".repeat(48), "ż".repeat(200), "\0"])(
  "writes the text %j with its length in bytes in front",
  (text) => {
    const body = [...Buffer.from(text)];
    const length = body.length < 128 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7];
    expect(bytesOf((rows) => rows.string(text))).toEqual([...length, ...body]);
  },
);

test("keeps what was written when it grows", () => {
  const rows = new ByteColumn(4);
  for (let index = 0; index < 1_000; index += 1) rows.int32(index);
  const view = Buffer.from(rows.view());
  expect(view.length).toBe(4_000);
  expect(view.readUInt32LE(999 * 4)).toBe(999);
});
