import { BatchBuilder, type RecordHeaders } from "../batch-builder.ts";
import { batchHeaderBytes } from "../record-batch.ts";
import type { ProducerId } from "./producer-stamp.ts";

/** A batch is sent once it is this long. Below the 1,048,588 bytes that Kafka takes unless told otherwise. */
const batchBytesMax = 1_000_000;
/** A builder that a large record stretched is not kept. */
const builderBytesMax = 4 * batchBytesMax;

/** A batch on its way; `written` resolves to the offset of its first record. */
export class OutBatch {
  readonly written: Promise<number>;
  count = 0;
  /** Undefined while records are still added to it. */
  bytes: Buffer | undefined;
  private settled: { resolve: (baseOffset: number) => void; reject: (error: unknown) => void } | undefined;

  constructor() {
    this.written = new Promise((resolve, reject) => {
      this.settled = { resolve, reject };
    });
  }

  resolve(baseOffset: number): void {
    this.settled?.resolve(baseOffset);
  }

  reject(error: unknown): void {
    this.settled?.reject(error);
  }
}

/**
 * What waits to be written to one partition, in order. At most one of its batches is on the wire, so a repeat of that
 * batch is all a retry can be, and nothing overtakes it. Small appends that wait together leave as one batch.
 */
export class Lane {
  readonly topic: string;
  readonly partition: number;
  /** On the wire, or waiting to be tried again. */
  busy = false;
  /** Failed tries of the first batch. */
  attempt = 0;
  /** Whom the broker knows this partition's writer as, and the sequence of the next batch. */
  producer: ProducerId | undefined;
  sequence = 0;
  /** The broker has lost track of the sequence: the next try asks for an id of the lane's own. */
  needsOwnProducer = false;
  private readonly batches: OutBatch[] = [];
  private builder: BatchBuilder | undefined;
  private open: OutBatch | undefined;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  /** Adds a record to the last batch, or begins one; answers with the batch. Its place in it is `count - 1`. */
  add(key: Uint8Array | null, value: Uint8Array, headers: RecordHeaders | undefined): OutBatch {
    const bytes = (key?.length ?? 0) + value.length;
    if (this.builder !== undefined && this.open !== undefined) {
      if (this.builder.batchBytes + bytes + batchHeaderBytes > batchBytesMax) this.closeOpen();
    }
    let builder = this.builder;
    if (builder === undefined) {
      builder = new BatchBuilder(1_024);
      this.builder = builder;
    }
    let batch = this.open;
    if (batch === undefined) {
      batch = new OutBatch();
      this.open = batch;
      this.batches.push(batch);
      builder.begin();
    }
    builder.add(key, value, headers);
    batch.count = builder.count;
    return batch;
  }

  /** Queues a batch made ahead, behind what was added before it. */
  push(bytes: Buffer, count: number): OutBatch {
    this.closeOpen();
    const batch = new OutBatch();
    batch.bytes = bytes;
    batch.count = count;
    this.batches.push(batch);
    return batch;
  }

  /** The batch to send, with its bytes: no record is added to it from here on. */
  first(): { readonly batch: OutBatch; readonly bytes: Buffer } | undefined {
    const batch = this.batches[0];
    if (batch === undefined) return undefined;
    if (batch === this.open) this.closeOpen();
    return batch.bytes === undefined ? undefined : { batch, bytes: batch.bytes };
  }

  /** Takes the first batch out: it is written, or refused. */
  shift(): OutBatch | undefined {
    this.attempt = 0;
    return this.batches.shift();
  }

  rejectAll(error: unknown): void {
    this.closeOpen();
    for (const batch of this.batches.splice(0)) batch.reject(error);
  }

  private closeOpen(): void {
    if (this.open === undefined || this.builder === undefined) return;
    this.open.bytes = this.builder.finish();
    this.open = undefined;
    if (this.builder.capacityBytes > builderBytesMax) this.builder = undefined;
  }
}
