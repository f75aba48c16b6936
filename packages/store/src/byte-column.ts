/** Values of one column in one growing buffer, as ClickHouse's Native format lays them out: no object per value. */
export class ByteColumn {
  #bytes: Buffer;
  #at = 0;

  constructor(initialBytes = 4_096) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
  }

  get length(): number {
    return this.#at;
  }

  /** What was written so far, in the writer's own memory: valid until `clear`. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Forgets it and keeps the memory. */
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

  /** LEB128. */
  varint(value: number): void {
    this.#reserve(8);
    this.#length(value);
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
