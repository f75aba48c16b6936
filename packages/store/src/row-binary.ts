/**
 * Rows in ClickHouse's RowBinary format, in one growing buffer: no object per row. Columns stand in the order of the
 * INSERT; LowCardinality and Enum are written as what they hold.
 */
export class RowBinary {
  #bytes: Buffer;
  #at = 0;

  constructor(initialBytes = 1 << 16) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
  }

  get byteLength(): number {
    return this.#at;
  }

  /** The rows written so far, in the writer's own memory: valid until `clear`. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Forgets the rows and keeps the memory. */
  clear(): void {
    this.#at = 0;
  }

  uint8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = value;
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#at = this.#bytes.writeInt32LE(value, this.#at);
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#at = this.#bytes.writeUInt32LE(value, this.#at);
  }

  /** Int64 and DateTime64(3), from an integer within ±2^53. */
  int64(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not an integer within ±2^53`);
    this.#reserve(8);
    const high = Math.floor(value / 0x1_0000_0000);
    const bytes = this.#bytes;
    let low = value - high * 0x1_0000_0000;
    let at = this.#at;
    bytes[at++] = low;
    bytes[at++] = low >>> 8;
    bytes[at++] = low >>> 16;
    bytes[at++] = low >>> 24;
    low = high;
    bytes[at++] = low;
    bytes[at++] = low >> 8;
    bytes[at++] = low >> 16;
    bytes[at++] = low >> 24;
    this.#at = at;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  string(text: string): void {
    const { length } = text;
    // Worst case: three bytes for each UTF-16 unit and a length of five bytes.
    this.#reserve(length * 3 + 5);
    if (length < 48 && this.#ascii(text, length)) return;
    const byteLength = Buffer.byteLength(text, "utf8");
    this.#length(byteLength);
    this.#at += this.#bytes.write(text, this.#at, "utf8");
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length + 5);
    this.#length(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  /** The number of elements of an array, before them. */
  arrayLength(count: number): void {
    this.#reserve(5);
    this.#length(count);
  }

  /** Writes the flag before a value of a Nullable column; true where the value has to follow. */
  present<A>(value: A | null | undefined): value is A {
    const isNull = value === null || value === undefined;
    this.uint8(isNull ? 1 : 0);
    return !isNull;
  }

  nullableString(value: string | null | undefined): void {
    if (this.present(value)) this.string(value);
  }

  nullableInt64(value: number | null | undefined): void {
    if (this.present(value)) this.int64(value);
  }

  nullableInt32(value: number | null | undefined): void {
    if (this.present(value)) this.int32(value);
  }

  nullableFloat64(value: number | null | undefined): void {
    if (this.present(value)) this.float64(value);
  }

  nullableBool(value: boolean | null | undefined): void {
    if (this.present(value)) this.uint8(value ? 1 : 0);
  }

  /** Most strings are short ids and names: cheaper unit by unit than through a native call. */
  #ascii(text: string, length: number): boolean {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) return false;
      bytes[start + index] = unit;
    }
    bytes[this.#at] = length;
    this.#at = start + length;
    return true;
  }

  /** LEB128. */
  #length(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#at++] = rest;
  }

  #reserve(count: number): void {
    const needed = this.#at + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
