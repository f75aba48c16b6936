import { expect, test } from "vitest";
import { NativeBlock } from "./native-block.ts";

const columns = [
  { name: "id", type: "LowCardinality(String)", comment: "" },
  { name: "note", type: "Nullable(Int64)", comment: "" },
];

const bytes = (block: NativeBlock): ReadonlyArray<number> => [...Buffer.concat(block.pieces())];
const text = (value: string): ReadonlyArray<number> => [value.length, ...Buffer.from(value)];

test("writes columns one after the other, with flags before values that may be null", () => {
  const block = new NativeBlock(columns);
  block.string("a");
  block.nullableInt64(5);
  block.endRow();
  block.string("b");
  block.nullableInt64(null);
  block.endRow();
  expect(bytes(block)).toEqual([
    ...[2, 2],
    ...text("id"),
    ...text("String"),
    ...[1, 97, 1, 98],
    ...text("note"),
    ...text("Nullable(Int64)"),
    ...[0, 1],
    ...[5, 0, 0, 0, 0, 0, 0, 0],
    ...[0, 0, 0, 0, 0, 0, 0, 0],
  ]);
});

test("does not send a column without any value", () => {
  const block = new NativeBlock(columns);
  block.string("a");
  block.nullableInt64(null);
  block.endRow();
  expect(block.columnNames()).toEqual(["id"]);
  expect(bytes(block)).toEqual([1, 1, ...text("id"), ...text("String"), 1, 97]);
});

test.each([
  ["String", 1, (block: NativeBlock, value: number | null) => block.nullableString(value === null ? null : "")],
  ["Bool", 1, (block: NativeBlock, value: number | null) => block.nullableBool(value === null ? null : false)],
  ["Int32", 4, (block: NativeBlock, value: number | null) => block.nullableInt32(value)],
  ["Date32", 4, (block: NativeBlock, value: number | null) => block.nullableInt32(value)],
  ["Int64", 8, (block: NativeBlock, value: number | null) => block.nullableInt64(value)],
  ["Float64", 8, (block: NativeBlock, value: number | null) => block.nullableFloat64(value)],
  ["DateTime64(3, 'UTC')", 8, (block: NativeBlock, value: number | null) => block.nullableInt64(value)],
])("nulls around a value of %s take its %d bytes each", (type, width, write) => {
  const block = new NativeBlock([{ name: "a", type: `Nullable(${type})`, comment: "" }]);
  for (const value of [null, null, 0, null, 0, null]) {
    write(block, value);
    block.endRow();
  }
  expect(block.byteLength).toBe(6 + 6 * width);
  expect(bytes(block)).toEqual([
    ...[1, 6, ...text("a"), ...text(`Nullable(${type})`)],
    ...[1, 1, 0, 1, 0, 1],
    ...Array.from({ length: 6 * width }, () => 0),
  ]);
});

test("a value after many nulls stands in its row", () => {
  const block = new NativeBlock(columns);
  for (let row = 0; row < 100; row += 1) {
    block.string("");
    block.nullableInt64(row === 98 ? -1 : null);
    block.endRow();
  }
  const sent = Buffer.from(bytes(block));
  const flags = sent.subarray(-900, -800);
  expect([...flags].map((flag) => 1 - flag)).toEqual(Array.from({ length: 100 }, (_, row) => (row === 98 ? 1 : 0)));
  expect(sent.subarray(-16).toString("hex")).toBe(`${"ff".repeat(8)}${"00".repeat(8)}`);
  expect(sent.subarray(-800, -16).every((byte) => byte === 0)).toBe(true);
});

test("a block is not sent in the middle of a row", () => {
  const block = new NativeBlock(columns);
  block.string("a");
  expect(() => block.pieces()).toThrow("begun and not ended");
  block.clear();
  block.openRow();
  expect(() => block.pieces()).toThrow("begun and not ended");
  expect(() => block.openRow()).toThrow("begun and not ended");
  block.clear();
  expect(bytes(block)).toEqual([1, 0, ...text("id"), ...text("String")]);
});

test("a cleared block holds nothing of the one before", () => {
  const block = new NativeBlock(columns);
  block.string("a");
  block.nullableInt64(1);
  block.endRow();
  block.clear();
  expect(block.rowCount).toBe(0);
  expect(block.byteLength).toBe(0);
  expect(block.columnNames()).toEqual(["id"]);
});

test("refuses a row with too few or too many fields", () => {
  const block = new NativeBlock(columns);
  block.string("a");
  expect(() => block.endRow()).toThrow("a row of 2 columns was written with 1 fields");
  block.nullableInt64(1);
  expect(() => block.string("b")).toThrow("more fields than 2 columns");
});
