import { ByteColumn } from "./byte-column.ts";
import type { Column } from "./model/table.ts";

const sentTypeOf = (type: string): string => type.replace(/LowCardinality\(((?:[^()]|\([^()]*\))*)\)/g, "$1");

/** Bytes of the value that stands behind the flag of a null: of a string its length, which is 0. */
const nullWidth = (sentType: string): number => {
  if (/String|Bool/.test(sentType)) return 1;
  return /Int32|Date32/.test(sentType) ? 4 : 8;
};

/**
 * One column of a block on its way. Of a Nullable column only values are written as they come: the nulls between them
 * follow many at once, since most columns of an event have no value in most rows.
 */
export class NativeColumn {
  readonly name: string;
  readonly type: string;
  /** As the values are written: a dictionary is ClickHouse's own matter, so LowCardinality(T) is sent as T. */
  readonly sentType: string;
  readonly values = new ByteColumn();
  /** One flag per row of a Nullable column, or per element of an Array of Nullable; of a Map the keys. */
  readonly nulls = new ByteColumn();
  /** Where each row of an Array or a Map ends. */
  readonly offsets = new ByteColumn();
  readonly isNullable: boolean;
  private readonly nullWidth: number;
  private elements = 0;
  /** Rows of a Nullable column up to its last value. */
  private written = 0;

  constructor({ name, type }: Column) {
    this.name = name;
    this.type = type;
    this.sentType = sentTypeOf(type);
    this.isNullable = this.sentType.startsWith("Nullable(");
    this.nullWidth = nullWidth(this.sentType);
  }

  /** Whether it is sent: a Nullable column without any value is not. */
  get present(): boolean {
    return !this.isNullable || this.written > 0;
  }

  /** Bytes that it takes in a block of so many rows. */
  byteLength(rowCount: number): number {
    if (!this.present) return 0;
    const missing = this.isNullable ? rowCount - this.written : 0;
    return this.values.length + this.nulls.length + this.offsets.length + missing * (1 + this.nullWidth);
  }

  /** Where the value of this row of a Nullable column is to be written, by one call; rows only rise. */
  valueAt(row: number): ByteColumn {
    if (this.written < row) this.fill(row);
    this.written = row + 1;
    this.nulls.uint8(0);
    return this.values;
  }

  /** Makes a Nullable column so many rows long. */
  fill(rowCount: number): void {
    const count = rowCount - this.written;
    if (!this.isNullable || count <= 0) return;
    this.nulls.repeat(1, count);
    this.values.repeat(0, count * this.nullWidth);
    this.written = rowCount;
  }

  /** The keys of a Map: they stand where an array has its flags, before the values. */
  get keys(): ByteColumn {
    return this.nulls;
  }

  /** Begins an array of so many elements, which are written to `values`; of a Map so many keys as well. */
  array(length: number): void {
    this.elements += length;
    this.offsets.int64(this.elements);
  }

  clear(): void {
    this.values.clear();
    this.nulls.clear();
    this.offsets.clear();
    this.elements = 0;
    this.written = 0;
  }
}
