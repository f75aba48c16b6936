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
  private current: AlertFold;
  private seenEnd = 0;

  constructor(options: AlertPartitionOptions) {
    this.options = options;
    this.partition = options.partition;
    this.current = this.emptyFold();
  }

  get fold(): AlertFold {
    return this.current;
  }

  get state(): PartitionState {
    return this.current.state;
  }

  /** Whether a follower has seen more than was folded. */
  get isBehind(): boolean {
    return this.current.nextOffset < this.seenEnd;
  }

  /** A follower has read this. */
  saw(chunk: LogChunk, from: number): void {
    this.seenEnd = Math.max(this.seenEnd, chunk.nextOffset);
    if (!this.isHeld) this.current.applyChunk(chunk, from);
  }

  /** Reads all that a follower has seen. */
  async catchUp(): Promise<void> {
    while (this.isBehind) await this.readUpTo(this.seenEnd);
  }

  async readUpTo(endOffset: number): Promise<void> {
    await this.readInto(this.current, endOffset);
  }

  /** Reads to where the partition ends now. */
  async readToEnd(): Promise<void> {
    await this.readUpTo(await this.end());
  }

  /** Folds the partition from its beginning: what was applied before it was written is not what the log says. */
  async foldAnew(): Promise<void> {
    const fold = this.emptyFold();
    await this.readInto(fold, await this.end());
    // Until here the former one stands: others ask it which alerts are silenced or inhibited.
    this.current = fold;
  }

  private emptyFold(): AlertFold {
    const { openState, codec, partition, onUnreadable } = this.options;
    return new AlertFold(openState(partition), codec, (offset) => onUnreadable(partition, offset));
  }

  private async end(): Promise<number> {
    return (await this.options.log.bounds({ topic: alertsTopic, partition: this.partition })).end;
  }

  private async readInto(fold: AlertFold, endOffset: number): Promise<void> {
    const place = { topic: alertsTopic, partition: this.partition };
    while (fold.nextOffset < endOffset) {
      const from = fold.nextOffset;
      fold.applyChunk(await this.options.log.read(place, from, chunkBytes), from);
      await nextTurn();
    }
  }
}
