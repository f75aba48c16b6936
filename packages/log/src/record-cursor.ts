import { CorruptBatch } from "./log-fault.ts";
import { batchBytesAt, batchField, batchHeaderBytes, checkBatch, controlBit, readInt64 } from "./record-batch.ts";

const empty = Buffer.alloc(0);

/**
 * Walks the records of whole record batches, end to end, without an object per record: after `next()` returned true the
 * fields describe the current record by places in `bytes`. Each batch's checksum is verified once, before its first
 * record is shown; CorruptBatch is thrown for anything that is not as it was written. Never reads out of bounds.
 */
export class RecordCursor {
  bytes: Buffer = empty;
  offset = -1;
  /** The batch's append time, epoch ms. The running maximum over a partition is the reader's to keep. */
  appendTimeMs = 0;
  /** −1 for a null key. */
  keyStart = -1;
  keyEnd = -1;
  /** −1 for a null value. */
  valueStart = -1;
  valueEnd = -1;
  headersStart = 0;
  headerCount = 0;
  private fromOffset = 0;
  private at = 0;
  private batchStart = 0;
  private batchEnd = 0;
  private baseOffset = 0;
  private left = 0;
  private recordEnd = 0;
  private readonly nameBytes = new Map<string, Buffer>();

  /** Starts over on `bytes`; records below `fromOffset` are skipped. */
  reset(bytes: Buffer, fromOffset: number): void {
    this.bytes = bytes;
    this.fromOffset = fromOffset;
    this.at = 0;
    this.batchStart = 0;
    this.batchEnd = 0;
    this.left = 0;
  }

  /** Moves to the next record; false at the end. Throws CorruptBatch. */
  next(): boolean {
    for (;;) {
      while (this.left > 0) {
        this.left -= 1;
        this.record();
        if (this.offset >= this.fromOffset) return true;
      }
      if (!this.enterBatch()) return false;
    }
  }

  /** The text of the first header of that name. */
  header(name: string): string | undefined {
    let wanted = this.nameBytes.get(name);
    if (wanted === undefined) {
      wanted = Buffer.from(name);
      this.nameBytes.set(name, wanted);
    }
    const before = this.at;
    this.at = this.headersStart;
    let found: string | undefined;
    for (let i = 0; i < this.headerCount && found === undefined; i += 1) {
      const nameStart = this.span();
      if (nameStart < 0) throw this.damaged("a header has no name");
      const nameEnd = this.at;
      const textStart = this.span();
      if (this.bytes.compare(wanted, 0, wanted.length, nameStart, nameEnd) === 0) {
        found = textStart < 0 ? "" : this.bytes.toString("utf8", textStart, this.at);
      }
    }
    this.at = before;
    return found;
  }

  /** All headers; of several under one name the first, null as empty text. */
  headers(): Record<string, string> {
    const before = this.at;
    this.at = this.headersStart;
    const found: Record<string, string> = {};
    for (let i = 0; i < this.headerCount; i += 1) {
      const nameStart = this.span();
      if (nameStart < 0) throw this.damaged("a header has no name");
      const name = this.bytes.toString("utf8", nameStart, this.at);
      const textStart = this.span();
      const text = textStart < 0 ? "" : this.bytes.toString("utf8", textStart, this.at);
      if (!Object.hasOwn(found, name)) found[name] = text;
    }
    this.at = before;
    return found;
  }

  /** Moves into the next batch that has records at or after `fromOffset`; false when none is left. */
  private enterBatch(): boolean {
    const bytes = this.bytes;
    let start = this.batchEnd;
    while (start < bytes.length) {
      const batchBytes = batchBytesAt(bytes, start);
      const baseOffset = readInt64(bytes, start + batchField.baseOffset);
      const lastOffset = baseOffset + bytes.readInt32BE(start + batchField.lastOffsetDelta);
      this.batchStart = start;
      this.batchEnd = start + batchBytes;
      if (lastOffset < this.fromOffset) {
        start = this.batchEnd;
        continue;
      }
      checkBatch(bytes, start, batchBytes);
      this.baseOffset = baseOffset;
      this.appendTimeMs = readInt64(bytes, start + batchField.maxTimestamp);
      const control = (bytes.readInt16BE(start + batchField.attributes) & controlBit) !== 0;
      this.left = control ? 0 : bytes.readInt32BE(start + batchField.recordCount);
      this.at = start + batchHeaderBytes;
      return true;
    }
    return false;
  }

  private record(): void {
    this.recordEnd = this.batchEnd;
    const length = this.varint();
    const end = this.at + length;
    if (length < 0 || end > this.batchEnd) throw this.damaged("a record reaches over the batch's end");
    this.recordEnd = end;
    this.at += 1; // attributes
    this.skipVarlong(); // timestamp delta: the log's append time counts
    this.offset = this.baseOffset + this.varint();
    this.keyStart = this.span();
    this.keyEnd = this.keyStart < 0 ? -1 : this.at;
    this.valueStart = this.span();
    this.valueEnd = this.valueStart < 0 ? -1 : this.at;
    this.headerCount = this.varint();
    this.headersStart = this.at;
    if (this.at > end) throw this.damaged("a record is shorter than its fields");
    this.at = end;
  }

  /** Reads a length and moves behind what it spans; the start of that, or −1 for null. */
  private span(): number {
    const length = this.varint();
    if (length < 0) return -1;
    const start = this.at;
    this.at = start + length;
    if (this.at > this.recordEnd) throw this.damaged("a field reaches over the record's end");
    return start;
  }

  private varint(): number {
    const bytes = this.bytes;
    let at = this.at;
    let byte = bytes[at++] ?? 0;
    let raw = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (shift > 28 || at >= this.recordEnd) throw this.damaged("a number does not end");
      byte = bytes[at++] ?? 0;
      raw |= (byte & 0x7f) << shift;
    }
    this.at = at;
    return (raw >>> 1) ^ -(raw & 1);
  }

  private skipVarlong(): void {
    while ((this.bytes[this.at] ?? 0) > 0x7f) this.at += 1;
    this.at += 1;
  }

  private damaged(found: string): CorruptBatch {
    return new CorruptBatch(this.batchStart, found);
  }
}
