import type { BatchPool } from "./batch-pool.ts";
import { copyBytes, viewOf } from "./copy-bytes.ts";
import { batchHeaderBytes, stampBatch, writeBatchHeader } from "./record-batch.ts";

/** Headers of a record, as Kafka keeps them: names and UTF-8 text. */
export type RecordHeaders = Readonly<Record<string, string>>;

/** Bytes that a non-negative number takes as a zig-zag varint. */
const varintBytes = (value: number): number =>
  value < 64 ? 1 : value < 8192 ? 2 : value < 1_048_576 ? 3 : value < 134_217_728 ? 4 : 5;

/** Writes a non-negative number as a zig-zag varint; answers where it ends. */
const putVarint = (buffer: Buffer, start: number, value: number): number => {
  let at = start;
  let rest = (value << 1) >>> 0;
  while (rest > 0x7f) {
    buffer[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  buffer[at] = rest;
  return at + 1;
};

const headersBytes = (headers: RecordHeaders | undefined): number => {
  if (headers === undefined) return 1;
  const names = Object.keys(headers);
  let total = varintBytes(names.length);
  for (const name of names) {
    const nameBytes = Buffer.byteLength(name);
    const textBytes = Buffer.byteLength(headers[name] ?? "");
    total += varintBytes(nameBytes) + nameBytes + varintBytes(textBytes) + textBytes;
  }
  return total;
};

/**
 * Builds record batches one after another in one growing buffer, with no object per record. `begin`, `add` as often as
 * needed, `finish`; then `begin` again.
 */
export class BatchBuilder {
  /** Records added since `begin`. */
  count = 0;
  private buffer: Buffer;
  private view: DataView;
  private at = batchHeaderBytes;

  constructor(initialBytes = 1_024) {
    this.buffer = Buffer.allocUnsafeSlow(Math.max(initialBytes, 2 * batchHeaderBytes));
    this.view = viewOf(this.buffer);
  }

  /** Bytes of the batch so far, header included. */
  get batchBytes(): number {
    return this.at;
  }

  /** What the builder holds in memory. */
  get capacityBytes(): number {
    return this.buffer.length;
  }

  begin(): void {
    this.count = 0;
    this.at = batchHeaderBytes;
  }

  add(key: Uint8Array | null, value: Uint8Array, headers?: RecordHeaders): void {
    this.addRange(key, 0, key === null ? 0 : key.length, value, 0, value.length, headers);
  }

  /** Adds a record whose key and value stand in larger buffers, ends excluded. A null key is a record without one. */
  addRange(
    key: Uint8Array | null,
    keyStart: number,
    keyEnd: number,
    value: Uint8Array,
    valueStart: number,
    valueEnd: number,
    headers?: RecordHeaders,
  ): void {
    const keyLength = keyEnd - keyStart;
    const valueLength = valueEnd - valueStart;
    const keyBytes = key === null ? 1 : varintBytes(keyLength) + keyLength;
    const bodyBytes =
      2 + varintBytes(this.count) + keyBytes + varintBytes(valueLength) + valueLength + headersBytes(headers);
    this.reserve(5 + bodyBytes);
    this.varint(bodyBytes);
    this.buffer[this.at++] = 0; // attributes
    this.buffer[this.at++] = 0; // timestamp delta: the log's append time counts
    this.varint(this.count);
    if (key === null)
      this.buffer[this.at++] = 1; // the varint -1
    else {
      this.varint(keyLength);
      this.copy(key, keyStart, keyEnd);
    }
    this.varint(valueLength);
    this.copy(value, valueStart, valueEnd);
    if (headers === undefined) this.buffer[this.at++] = 0;
    else this.headers(headers);
    this.count += 1;
  }

  /** Adds a record without headers whose value is that much of `source` from 0 on, and whose key stands within it. */
  addWithin(source: DataView, keyStart: number, keyEnd: number, valueEnd: number): void {
    const keyLength = keyEnd - keyStart;
    const lengths = varintBytes(this.count) + varintBytes(keyLength) + varintBytes(valueEnd);
    const bodyBytes = 3 + lengths + keyLength + valueEnd;
    this.reserve(5 + bodyBytes);
    const { buffer, view } = this;
    let at = putVarint(buffer, this.at, bodyBytes);
    buffer[at] = 0; // attributes
    buffer[at + 1] = 0; // timestamp delta
    at = putVarint(buffer, at + 2, this.count);
    at = putVarint(buffer, at, keyLength);
    copyBytes(view, at, source, keyStart, keyLength);
    at = putVarint(buffer, at + keyLength, valueEnd);
    copyBytes(view, at, source, 0, valueEnd);
    at += valueEnd;
    buffer[at] = 0; // headers
    this.at = at + 1;
    this.count += 1;
  }

  /**
   * The batch in a buffer of its own, not stamped yet (record-batch.ts): the log gives it offset, time and checksum.
   * From a pool where one is given: the batch then goes back to it.
   */
  finish(pool?: BatchPool): Buffer {
    if (this.count === 0) throw new Error("A record batch needs at least one record; none was added since begin().");
    writeBatchHeader(this.buffer, this.at, this.count);
    const batch = pool === undefined ? Buffer.allocUnsafeSlow(this.at) : pool.take(this.at);
    this.buffer.copy(batch, 0, 0, this.at);
    return batch;
  }

  private reserve(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.at);
    this.buffer = grown;
    this.view = viewOf(grown);
  }

  private varint(value: number): void {
    this.at = putVarint(this.buffer, this.at, value);
  }

  private copy(from: Uint8Array, start: number, end: number): void {
    const buffer = this.buffer;
    let at = this.at;
    // Below about 64 bytes a loop is cheaper than the view that `set` needs.
    if (end - start < 64) for (let i = start; i < end; i += 1) buffer[at++] = from[i] ?? 0;
    else {
      buffer.set(from.subarray(start, end), at);
      at += end - start;
    }
    this.at = at;
  }

  private headers(headers: RecordHeaders): void {
    const names = Object.keys(headers);
    this.varint(names.length);
    for (const name of names) {
      this.text(name);
      this.text(headers[name] ?? "");
    }
  }

  private text(text: string): void {
    this.varint(Buffer.byteLength(text));
    this.at += this.buffer.write(text, this.at);
  }
}

/** A record as a batch holds it; offset and time are the batch's. */
export interface BatchRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array;
  readonly headers?: RecordHeaders;
}

/** One stamped batch of the given records: the plain way, for what is not hot. */
export const encodeBatch = (records: ReadonlyArray<BatchRecord>, baseOffset: number, appendTimeMs: number): Buffer => {
  const builder = new BatchBuilder(1024);
  for (const record of records) builder.add(record.key, record.value, record.headers);
  const batch = builder.finish();
  stampBatch(batch, baseOffset, appendTimeMs);
  return batch;
};
