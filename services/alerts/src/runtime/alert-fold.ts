import type { AlertCodec, AlertRecord } from "@leadwire/events";
import { type LogChunk, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import type { PartitionState } from "./partition-state.ts";

/**
 * A partition's records up to an offset, folded. A claim counts where its epoch is above all before it; the last that
 * counts says who owns the partition.
 */
export class AlertFold {
  readonly state: PartitionState;
  private readonly codec: AlertCodec;
  private readonly onUnreadable: (offset: number) => void;
  private readonly cursor = new RecordCursor();
  private next = 0;
  private highestEpoch = 0;
  private claimedAt = -1;

  /** `onUnreadable` is told of records that nobody can read: they change nothing. */
  constructor(state: PartitionState, codec: AlertCodec, onUnreadable: (offset: number) => void) {
    this.state = state;
    this.codec = codec;
    this.onUnreadable = onUnreadable;
  }

  /** Where to read on. */
  get nextOffset(): number {
    return this.next;
  }

  /** Of the last claim that counts; 0 before the first. */
  get epoch(): number {
    return this.highestEpoch;
  }

  /** Where that claim stands; -1 before the first. */
  get claimOffset(): number {
    return this.claimedAt;
  }

  /** Takes what is new in a chunk that was read from an offset; one that leaves a gap is not taken. */
  applyChunk({ bytes, nextOffset }: Pick<LogChunk, "bytes" | "nextOffset">, from: number): void {
    if (from > this.next || nextOffset <= this.next) return;
    const { cursor } = this;
    cursor.reset(bytes, this.next);
    while (cursor.next()) {
      if (cursor.valueStart < 0) continue;
      const decoded = this.codec.decodeAlert(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      if (isLeft(decoded)) this.onUnreadable(cursor.offset);
      else this.read(decoded.right, cursor.offset);
    }
    this.next = nextOffset;
  }

  /** Records that were written from the next offset on, with nothing of others between them. */
  applyWritten(records: ReadonlyArray<AlertRecord>): void {
    for (const record of records) {
      this.read(record, this.next);
      this.next += 1;
    }
  }

  private read(record: AlertRecord, offset: number): void {
    if (record.name === "alerts-claimed" && record.record.epoch > this.highestEpoch) {
      this.highestEpoch = record.record.epoch;
      this.claimedAt = offset;
    }
    this.state.apply(record);
  }
}
