import { writeInt64 } from "../../record-batch.ts";

/** Writes Kafka's primitive types, big-endian, as the non-flexible request versions lay them out. */
export class WireWriter {
  private buffer = Buffer.allocUnsafe(256);
  private at = 0;

  int8(value: number): this {
    this.reserve(1);
    this.at = this.buffer.writeInt8(value, this.at);
    return this;
  }

  int16(value: number): this {
    this.reserve(2);
    this.at = this.buffer.writeInt16BE(value, this.at);
    return this;
  }

  int32(value: number): this {
    this.reserve(4);
    this.at = this.buffer.writeInt32BE(value, this.at);
    return this;
  }

  int64(value: number): this {
    this.reserve(8);
    writeInt64(this.buffer, this.at, value);
    this.at += 8;
    return this;
  }

  /** Null is written as Kafka's null string. */
  text(value: string | null): this {
    if (value === null) return this.int16(-1);
    const bytes = Buffer.byteLength(value);
    this.int16(bytes).reserve(bytes);
    this.at += this.buffer.write(value, this.at);
    return this;
  }

  bytes(value: Uint8Array): this {
    this.int32(value.length).reserve(value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
    return this;
  }

  /** A count, then each item as `write` writes it. */
  array<Item>(items: ReadonlyArray<Item>, write: (item: Item) => void): this {
    this.int32(items.length);
    for (const item of items) write(item);
    return this;
  }

  /** What was written since the last `take`, in a buffer of its own. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.at);
    this.buffer = Buffer.allocUnsafe(256);
    this.at = 0;
    return taken;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.at + bytes, 2 * this.buffer.length));
    this.buffer.copy(grown, 0, 0, this.at);
    this.buffer = grown;
  }
}
