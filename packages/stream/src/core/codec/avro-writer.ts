import { copyBytes, viewOf } from "@leadwire/log";
import type { Span } from "./span.ts";

/** Kept free behind every copy: more than the numbers between two texts take. */
const spareBytes = 256;

/** Writes Avro binary into one growing buffer, with no object per field. */
export class AvroWriter {
  buffer: Buffer = Buffer.allocUnsafeSlow(1_024);
  view: DataView = viewOf(this.buffer);
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
    this.view = viewOf(grown);
  }

  byte(value: number): void {
    this.buffer[this.at++] = value;
  }

  /** A whole number within ±2^52, zig-zag; throws beyond. */
  long(value: number): void {
    const buffer = this.buffer;
    if (value >= -1_073_741_824 && value < 1_073_741_824) {
      let at = this.at;
      let rest = ((value << 1) ^ (value >> 31)) >>> 0;
      while (rest > 0x7f) {
        buffer[at++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      buffer[at] = rest;
      this.at = at + 1;
      return;
    }
    if (!(Math.abs(value) < 4_503_599_627_370_496)) throw new Error(`${value} is not a whole number below 2^52`);
    // Doubled, it may pass 2^53, and beyond 2^31 integers are slow: 28 bits of the zig-zag are taken apart first.
    const negative = value < 0;
    const magnitude = negative ? -(value + 1) : value;
    const high = Math.floor(magnitude / 134_217_728);
    const low = ((magnitude - high * 134_217_728) << 1) | (negative ? 1 : 0);
    let at = this.at;
    buffer[at++] = (low & 0x7f) | 0x80;
    buffer[at++] = ((low >>> 7) & 0x7f) | 0x80;
    buffer[at++] = ((low >>> 14) & 0x7f) | 0x80;
    buffer[at++] = (low >>> 21) | 0x80;
    let rest = high;
    while (rest > 0x7f) {
      buffer[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[at++] = rest;
    this.at = at;
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
    this.view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** A string or bytes field copied from elsewhere; makes room for itself. */
  span({ view, start, length }: Span): void {
    this.reserve(length + spareBytes);
    this.long(length);
    this.raw(view, start, length);
  }

  /** Bytes copied as they stand; makes room for itself, and for the numbers that follow. */
  raw(from: DataView, start: number, length: number): void {
    const end = this.at + length;
    if (end + spareBytes > this.buffer.length) this.reserve(length + spareBytes);
    copyBytes(this.view, this.at, from, start, length);
    this.at = end;
  }

  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.reserve(length + 10);
    this.long(length);
    this.at += this.buffer.write(text, this.at);
  }
}
