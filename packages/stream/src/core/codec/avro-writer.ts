/** Writes Avro binary into one growing buffer, with no object per field. */
export class AvroWriter {
  buffer: Buffer = Buffer.allocUnsafeSlow(65_536);
  at = 0;

  reset(): void {
    this.at = 0;
  }

  /** Makes room for that many bytes more. */
  reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.at + bytes, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.at);
    this.buffer = grown;
  }

  byte(value: number): void {
    this.buffer[this.at++] = value;
  }

  /** A whole number within ±2^52, zig-zag; throws beyond. */
  long(value: number): void {
    const buffer = this.buffer;
    if (value >= -1_073_741_824 && value < 1_073_741_824) {
      let rest = ((value << 1) ^ (value >> 31)) >>> 0;
      while (rest > 0x7f) {
        buffer[this.at++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      buffer[this.at++] = rest;
      return;
    }
    if (!(Math.abs(value) < 4_503_599_627_370_496)) throw new Error(`${value} is not a whole number below 2^52`);
    // Doubled, it may pass 2^53: the lowest seven bits are taken apart first.
    const negative = value < 0;
    const magnitude = negative ? -(value + 1) : value;
    const low = magnitude % 64;
    let rest = (magnitude - low) / 64;
    buffer[this.at++] = (((low << 1) | (negative ? 1 : 0)) & 0x7f) | (rest > 0 ? 0x80 : 0);
    while (rest > 0) {
      const part = rest % 128;
      rest = (rest - part) / 128;
      buffer[this.at++] = part | (rest > 0 ? 0x80 : 0);
    }
  }

  /** A union of null and a number: NaN is null. */
  optionalLong(value: number): void {
    if (Number.isNaN(value)) this.byte(0);
    else {
      this.byte(2);
      this.long(value);
    }
  }

  double(value: number): void {
    this.buffer.writeDoubleLE(value, this.at);
    this.at += 8;
  }

  /** A string or bytes field copied from elsewhere. */
  span(from: Uint8Array, start: number, length: number): void {
    this.long(length);
    this.raw(from, start, length);
  }

  raw(from: Uint8Array, start: number, length: number): void {
    const buffer = this.buffer;
    let at = this.at;
    if (length < 48) for (let i = start, end = start + length; i < end; i += 1) buffer[at++] = from[i] as number;
    else {
      buffer.set(from.subarray(start, start + length), at);
      at += length;
    }
    this.at = at;
  }

  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.reserve(length + 10);
    this.long(length);
    this.at += this.buffer.write(text, this.at);
  }
}
