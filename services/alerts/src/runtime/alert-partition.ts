import { setImmediate as nextTurn } from "node:timers/promises";
import { type AlertCodec, alertsTopic } from "@leadwire/events";
import type { EventLog, LogChunk } from "@leadwire/log";
import { AlertFold } from "./alert-fold.ts";
import type { PartitionState } from "./partition-state.ts";

const chunkBytes = 1 << 18;

export interface AlertPartitionOptions {
  readonly log: EventLog;
  readonly codec: AlertCodec;
  readonly partition: number;
  readonly openState: (partition: number) => PartitionState;
  readonly onUnreadable: (partition: number, offset: number) => void;
}

/** One partition of leadwire.alerts: followed while others decide on it, read at its owner's own pace while held. */
export class AlertPartition {
  readonly partition: number;
  /** Held by an owner, who writes to it and reads what others wrote by itself. */
  isHeld = false;
  private readonly options: AlertPartitionOptions;
  readonly fold: AlertFold;
  private seenEnd = 0;

  constructor(options: AlertPartitionOptions) {
    this.options = options;
    this.partition = options.partition;
    const { openState, codec, partition, onUnreadable } = options;
    this.fold = new AlertFold(openState(partition), codec, (offset) => onUnreadable(partition, offset));
  }

  get state(): PartitionState {
    return this.fold.state;
  }

  /** Whether a follower has seen more than was folded. */
  get isBehind(): boolean {
    return this.fold.nextOffset < this.seenEnd;
  }

  /** A follower has read this. */
  saw(chunk: LogChunk, from: number): void {
    this.seenEnd = Math.max(this.seenEnd, chunk.nextOffset);
    if (!this.isHeld) this.fold.applyChunk(chunk, from);
  }

  /** Reads all that a follower has seen. */
  async catchUp(): Promise<void> {
    while (this.isBehind) await this.readUpTo(this.seenEnd);
  }

  async readUpTo(endOffset: number): Promise<void> {
    const place = { topic: alertsTopic, partition: this.partition };
    while (this.fold.nextOffset < endOffset) {
      const from = this.fold.nextOffset;
      this.fold.applyChunk(await this.options.log.read(place, from, chunkBytes), from);
      await nextTurn();
    }
  }

  /** Reads to where the partition ends now. */
  async readToEnd(): Promise<void> {
    await this.readUpTo(await this.end());
  }

  private async end(): Promise<number> {
    return (await this.options.log.bounds({ topic: alertsTopic, partition: this.partition })).end;
  }
}
