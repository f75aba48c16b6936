import { readInt64 } from "../../record-batch.ts";

/** Reads Kafka's primitive types, big-endian, in the order of their fields. Throws a RangeError beyond the end. */
export class WireReader {
  private readonly buffer: Buffer;
  private at: number;

  constructor(buffer: Buffer, at = 0) {
    this.buffer = buffer;
    this.at = at;
  }

  int8(): number {
    this.at += 1;
    return this.buffer.readInt8(this.at - 1);
  }

  int16(): number {
    this.at += 2;
    return this.buffer.readInt16BE(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.buffer.readInt32BE(this.at - 4);
  }

  /** Exact up to 2^53. */
  int64(): number {
    this.at += 8;
    return readInt64(this.buffer, this.at - 8);
  }

  /** A null string reads as "". */
  text(): string {
    const length = this.int16();
    return length < 0 ? "" : this.span(length).toString("utf8");
  }

  /** A view of the bytes, not a copy; null bytes read as none. */
  bytes(): Buffer {
    const length = this.int32();
    return length < 0 ? this.span(0) : this.span(length);
  }

  /** Reads a count and calls `read` as often; a null array reads as empty. */
  array<Item>(read: (reader: this) => Item): Item[] {
    const count = this.int32();
    const items: Item[] = [];
    for (let index = 0; index < count; index += 1) items.push(read(this));
    return items;
  }

  private span(length: number): Buffer {
    const end = this.at + length;
    if (end > this.buffer.length) throw new RangeError(`A field ends at byte ${end} of ${this.buffer.length}.`);
    const span = this.buffer.subarray(this.at, end);
    this.at = end;
    return span;
  }
}
