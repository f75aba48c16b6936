import { BatchBuilder, BatchPool, type RecordHeaders } from "@leadwire/log";

const batchBytesMax = 1_000_000;

/** A prebuilt batch for one partition of a derived topic. */
export interface OutputBatch {
  readonly topic: string;
  readonly partition: number;
  readonly batch: Buffer;
  readonly count: number;
  /** Takes the batch's memory back, from a log that needs it no more. */
  readonly release: (batch: Buffer) => void;
}

/** Shared by all tasks of a process: what one gave away and got back serves the next. */
const pool = new BatchPool();
const release = (batch: Buffer): void => pool.giveBack(batch);

/** Collects the records of one partition of a derived topic into batches of bounded size. */
export class OutputStream {
  private readonly topic: string;
  private readonly partition: number;
  private readonly builder = new BatchBuilder();
  private finished: Array<OutputBatch> = [];

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
    this.builder.begin();
  }

  add(key: Buffer, keyStart: number, keyEnd: number, value: Buffer, valueEnd: number, headers?: RecordHeaders): void {
    this.builder.addRange(key, keyStart, keyEnd, value, 0, valueEnd, headers);
    if (this.builder.batchBytes > batchBytesMax) this.finish();
  }

  /** As add, for a value from 0 on that holds its own key, copied out of one view: the hot way. */
  addWithin(source: DataView, keyStart: number, keyEnd: number, valueEnd: number): void {
    this.builder.addWithin(source, keyStart, keyEnd, valueEnd);
    if (this.builder.batchBytes > batchBytesMax) this.finish();
  }

  take(into: Array<OutputBatch>): void {
    if (this.builder.count > 0) this.finish();
    into.push(...this.finished);
    this.finished = [];
  }

  private finish(): void {
    const count = this.builder.count;
    this.finished.push({
      topic: this.topic,
      partition: this.partition,
      batch: this.builder.finish(pool),
      count,
      release,
    });
    this.builder.begin();
  }
}
