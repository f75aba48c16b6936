import { ByteColumn } from "./byte-column.ts";
import type { Column } from "./model/table.ts";

/** One column on its way: its values, and for a Nullable column one flag per row; for an Array also the offsets. */
interface ColumnBytes {
  readonly name: string;
  /** As the values are written: a dictionary is ClickHouse's own matter, so LowCardinality(T) is sent as T. */
  readonly sentType: string;
  readonly values: ByteColumn;
  readonly nulls: ByteColumn;
  readonly offsets: ByteColumn;
  present: boolean;
  elements: number;
}

const sentType = (type: string): string => type.replace(/LowCardinality\(((?:[^()]|\([^()]*\))*)\)/g, "$1");

/**
 * Rows in ClickHouse's Native format: column by column, which costs the server a third of what it pays for a row
 * format. A row is written field by field in the order of the columns; a column without any value in the whole block
 * is not sent.
 */
export class NativeBlock {
  readonly #columns: ReadonlyArray<ColumnBytes>;
  #at = 0;
  #rowCount = 0;

  constructor(columns: ReadonlyArray<Column>) {
    this.#columns = columns.map(({ name, type }) => ({
      name,
      sentType: sentType(type),
      values: new ByteColumn(),
      nulls: new ByteColumn(),
      offsets: new ByteColumn(),
      present: !type.includes("Nullable(") || type.startsWith("Array("),
      elements: 0,
    }));
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  get byteLength(): number {
    let sum = 0;
    for (const { values, nulls, offsets } of this.#columns) sum += values.length + nulls.length + offsets.length;
    return sum;
  }

  uint8(value: number): void {
    this.#next().values.uint8(value);
  }

  int32(value: number): void {
    this.#next().values.int32(value);
  }

  int64(value: number): void {
    this.#next().values.int64(value);
  }

  float64(value: number): void {
    this.#next().values.float64(value);
  }

  string(value: string): void {
    this.#next().values.string(value);
  }

  bytes(value: Uint8Array): void {
    this.#next().values.bytes(value);
  }

  /** UInt128, from its upper and lower 64 bits, each as two integers of 32. */
  uint128(high: number, lowUpper: number, lowLower: number): void {
    const { values } = this.#next();
    values.int32(lowLower | 0);
    values.int32(lowUpper | 0);
    values.int64(high);
  }

  nullableString(value: string | null | undefined): void {
    const column = this.#nullable(value);
    column.values.string(value ?? "");
  }

  nullableInt64(value: number | null | undefined): void {
    const column = this.#nullable(value);
    column.values.int64(value ?? 0);
  }

  nullableInt32(value: number | null | undefined): void {
    const column = this.#nullable(value);
    column.values.int32(value ?? 0);
  }

  nullableFloat64(value: number | null | undefined): void {
    const column = this.#nullable(value);
    column.values.float64(value ?? 0);
  }

  nullableBool(value: boolean | null | undefined): void {
    const column = this.#nullable(value);
    column.values.uint8(value === true ? 1 : 0);
  }

  /** An array's elements are written to the column that this returns, one call each. */
  array(length: number): Omit<ColumnBytes, "offsets" | "elements"> {
    const column = this.#next();
    column.elements += length;
    column.offsets.int64(column.elements);
    return column;
  }

  /** Ends a row; throws when it had another number of fields than there are columns. */
  endRow(): void {
    if (this.#at !== this.#columns.length) {
      throw new Error(`a row of ${this.#columns.length} columns was written with ${this.#at} fields`);
    }
    this.#at = 0;
    this.#rowCount += 1;
  }

  /** The columns that are sent. */
  columnNames(): ReadonlyArray<string> {
    return this.#sent().map(({ name }) => name);
  }

  /** The block, in pieces; they stay the writer's own memory until `clear`. */
  pieces(): ReadonlyArray<Uint8Array> {
    const sent = this.#sent();
    const head = new ByteColumn(64);
    head.varint(sent.length);
    head.varint(this.#rowCount);
    return [head.view(), ...sent.flatMap(piecesOf)];
  }

  clear(): void {
    this.#rowCount = 0;
    this.#at = 0;
    for (const column of this.#columns) {
      column.values.clear();
      column.nulls.clear();
      column.offsets.clear();
      column.elements = 0;
      column.present = !column.sentType.startsWith("Nullable(");
    }
  }

  #sent(): ReadonlyArray<ColumnBytes> {
    return this.#columns.filter(({ present }) => present);
  }

  #next(): ColumnBytes {
    const column = this.#columns[this.#at];
    if (column === undefined) throw new Error(`a row has more fields than ${this.#columns.length} columns`);
    this.#at += 1;
    return column;
  }

  #nullable(value: unknown): ColumnBytes {
    const column = this.#next();
    const isNull = value === null || value === undefined;
    if (!isNull) column.present = true;
    column.nulls.uint8(isNull ? 1 : 0);
    return column;
  }
}

/** Name and type, then offsets of an array, then flags of nulls, then values: each of which most columns lack. */
const piecesOf = ({ name, sentType, offsets, nulls, values }: ColumnBytes): ReadonlyArray<Uint8Array> => {
  const head = new ByteColumn(64);
  head.string(name);
  head.string(sentType);
  return [head, offsets, nulls, values].filter(({ length }) => length > 0).map((part) => part.view());
};
