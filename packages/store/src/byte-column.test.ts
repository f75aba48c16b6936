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

/** The bits of Avro's long, seven to a byte. */
const varint = (value: bigint): Buffer => {
  const bytes: number[] = [];
  let rest = value < 0n ? -value * 2n - 1n : value * 2n;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
};

const powers = Array.from({ length: 64 }, (_, power) => 2n ** BigInt(power));

test("takes over every number of 64 bits from its varint", () => {
  for (const value of powers.flatMap((power) => [power - 1n, power / 2n, -power])) {
    const bytes = Buffer.concat([Buffer.from([255]), varint(value), Buffer.from([255])]);
    const rows = new ByteColumn(1);
    expect(rows.zigZag64(bytes, 1)).toBe(bytes.length - 1);
    expect(Buffer.from(rows.view()).readBigInt64LE()).toBe(value);
  }
});

test("takes over every number of 32 bits from its varint, and refuses larger ones", () => {
  for (const value of powers.slice(0, 32).flatMap((power) => [power - 1n, power / 2n, -power])) {
    const bytes = Buffer.concat([Buffer.from([255]), varint(value), Buffer.from([255])]);
    const rows = new ByteColumn(1);
    expect(rows.zigZag32(bytes, 1)).toBe(bytes.length - 1);
    expect(Buffer.from(rows.view()).readInt32LE()).toBe(Number(value));
  }
  expect(() => new ByteColumn().zigZag32(varint(2n ** 31n), 0)).toThrow("more than 32 bits");
  expect(() => new ByteColumn().zigZag64(varint(2n ** 63n), 0)).toThrow("more than 64 bits");
  expect(() => new ByteColumn().zigZag64(Buffer.alloc(20, 255), 0)).toThrow("more than 64 bits");
});

test.each([0, 1, 32, 33, 127, 128, 20_000])("takes over a text of %d bytes as it writes it itself", (length) => {
  const text = "x".repeat(length);
  const from = Buffer.from(`..${text}..`);
  expect(bytesOf((rows) => rows.span(from, 2, 2 + length))).toEqual(bytesOf((rows) => rows.string(text)));
});

test("keeps what was written when it grows", () => {
  const rows = new ByteColumn(4);
  for (let index = 0; index < 1_000; index += 1) rows.int32(index);
  const view = Buffer.from(rows.view());
  expect(view.length).toBe(4_000);
  expect(view.readUInt32LE(999 * 4)).toBe(999);
});
