/** Up to here a loop copies and fills faster than a call into the engine. */
const shortBytes = 32;

/** Values of one column in one growing buffer, as ClickHouse's Native format lays them out: no object per value. */
export class ByteColumn {
  #bytes: Buffer;
  /** Over the same memory: one store for four bytes. */
  #words: DataView;
  #at = 0;

  constructor(initialBytes = 4_096) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
    this.#words = new DataView(this.#bytes.buffer);
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
    this.#int64(value | 0, Math.floor(value / 0x1_0000_0000));
  }

  /** UInt128, from its upper and lower 64 bits, the latter as two integers of 32. */
  uint128(high: number, lowUpper: number, lowLower: number): void {
    this.#reserve(16);
    this.#int64(lowLower, lowUpper);
    this.int64(high);
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

  /** One byte, so many times. */
  repeat(byte: number, count: number): void {
    this.#reserve(count);
    const end = this.#at + count;
    if (count > shortBytes) this.#bytes.fill(byte, this.#at, end);
    else for (let at = this.#at, bytes = this.#bytes; at < end; at += 1) bytes[at] = byte;
    this.#at = end;
  }

  /** A string, from its bytes elsewhere. */
  span(from: Buffer, start: number, end: number): void {
    const length = end - start;
    this.#reserve(length + 5);
    this.#length(length);
    let at = this.#at;
    this.#at = at + length;
    if (length > shortBytes) {
      from.copy(this.#bytes, at, start, end);
      return;
    }
    const bytes = this.#bytes;
    for (let index = start; index < end; index += 1) bytes[at++] = from[index] as number;
  }

  /** Eight bytes as they stand elsewhere. */
  eightBytes(from: Buffer, start: number): void {
    this.#reserve(8);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = start; index < start + 8; index += 1) bytes[at++] = from[index] as number;
    this.#at = at;
  }

  /** Int64 from the zig-zag varint that begins there; answers where the next field begins. Throws above 64 bits. */
  zigZag64(from: Buffer, start: number): number {
    this.#reserve(8);
    let at = start;
    let byte = from[at++] as number;
    if (byte < 0x80) {
      const value = (byte >>> 1) ^ -(byte & 1);
      this.#int64(value, value >> 31);
      return at;
    }
    let low = byte & 0x7f;
    let high = 0;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = from[at++] as number;
      if (shift === 63 && byte > 1) throw new RangeError("a derived record holds a number of more than 64 bits");
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift === 28) high = bits >>> 4;
      else if (shift > 28) high |= bits << (shift - 32);
    }
    const sign = -(low & 1);
    this.#int64(((low >>> 1) | (high << 31)) ^ sign, (high >>> 1) ^ sign);
    return at;
  }

  /** The same as Int32; throws above 32 bits. */
  zigZag32(from: Buffer, start: number): number {
    let at = start;
    let byte = from[at++] as number;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = from[at++] as number;
      if (shift === 28 && byte > 0x0f) throw new RangeError("a derived record holds a number of more than 32 bits");
      value |= (byte & 0x7f) << shift;
    }
    this.#reserve(4);
    this.#words.setInt32(this.#at, (value >>> 1) ^ -(value & 1), true);
    this.#at += 4;
    return at;
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

  #int64(low: number, high: number): void {
    const at = this.#at;
    this.#words.setInt32(at, low, true);
    this.#words.setInt32(at + 4, high, true);
    this.#at = at + 8;
  }

  #reserve(count: number): void {
    const needed = this.#at + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
    this.#words = new DataView(larger.buffer);
  }
}
