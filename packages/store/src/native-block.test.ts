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
