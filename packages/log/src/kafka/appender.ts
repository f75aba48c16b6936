import type { LogPosition, LogRecord, PrebuiltBatch } from "../event-log.ts";
import { Overloaded, UnknownPartition, UnknownTopic } from "../log-fault.ts";
import { partitionOf } from "../partition-of.ts";
import { readBatchHeader } from "../record-batch.ts";
import type { Cluster } from "./cluster.ts";
import { type OnInterrupted, untilDone } from "./interrupted.ts";
import type { Lane, OutBatch } from "./lane.ts";
import { Producer } from "./producer.ts";

/** What an append handed over, once it stands in the lanes. */
interface Entered {
  readonly written: Promise<ReadonlyArray<LogPosition>>;
}

/** Puts appends into the lanes of their partitions, in the order they were called, and bounds what waits there. */
export class Appender {
  private readonly cluster: Cluster;
  private readonly producer: Producer;
  private readonly pendingBytesMax: number;
  private readonly onInterrupted: OnInterrupted;
  private pendingBytes = 0;
  /** Set while an append asks for an unknown topic's partitions: later ones queue behind it. */
  private entering: Promise<unknown> | undefined;
  private keyless = 0;

  constructor(cluster: Cluster, pendingBytesMax: number, onInterrupted: OnInterrupted) {
    this.cluster = cluster;
    this.producer = new Producer(cluster, onInterrupted);
    this.pendingBytesMax = pendingBytesMax;
    this.onInterrupted = onInterrupted;
  }

  append(records: ReadonlyArray<LogRecord>): Promise<ReadonlyArray<LogPosition>> {
    return this.inTurn(records, () => this.enterRecords(records));
  }

  appendBatches(batches: ReadonlyArray<PrebuiltBatch>): Promise<ReadonlyArray<LogPosition>> {
    for (const each of batches) checkPrebuilt(each);
    return this.inTurn(batches, () => this.enterBatches(batches));
  }

  close(waitMs: number): Promise<void> {
    return this.producer.close(waitMs);
  }

  /** Enters at once when every topic is known, else after asking; either way in the order of the calls. */
  private async inTurn(
    places: ReadonlyArray<{ readonly topic: string }>,
    enter: () => Entered,
  ): Promise<ReadonlyArray<LogPosition>> {
    const topics = new Set(places.map(({ topic }) => topic));
    const isKnown = (): boolean => [...topics].every((topic) => this.cluster.knownPartitions(topic) !== undefined);
    if (this.entering === undefined && isKnown()) return enter().written;
    const before = this.entering ?? Promise.resolve();
    const turn = before.then(async () => {
      for (const topic of topics) await this.know(topic);
      return enter();
    });
    const quiet = turn.then(
      () => undefined,
      () => undefined,
    );
    this.entering = quiet;
    void quiet.then(() => {
      if (this.entering === quiet) this.entering = undefined;
    });
    return (await turn).written;
  }

  private know(topic: string): Promise<number> {
    return untilDone(
      () => this.cluster.partitions(topic),
      () => this.cluster.isClosed,
      this.onInterrupted,
    );
  }

  private enterRecords(records: ReadonlyArray<LogRecord>): Entered {
    const lanes = this.lanesOf(records);
    let bytes = 0;
    for (const { key, value } of records) bytes += value.length + (key?.length ?? 0);
    this.reserve(bytes);
    const batches: OutBatch[] = [];
    const places = new Uint32Array(records.length);
    records.forEach((record, index) => {
      const batch = lanes[index]?.add(record.key, record.value, record.headers);
      if (batch === undefined) throw new Error(`Record ${index} of an append has no lane.`);
      places[index] = batch.count - 1;
      batches.push(batch);
    });
    for (const lane of new Set(lanes)) this.producer.wake(lane);
    return { written: this.positions(lanes, batches, places, bytes) };
  }

  private enterBatches(prebuilt: ReadonlyArray<PrebuiltBatch>): Entered {
    const lanes = prebuilt.map(({ topic, partition }) => this.lane(topic, partition));
    let bytes = 0;
    for (const { batch } of prebuilt) bytes += batch.length;
    this.reserve(bytes);
    const batches = prebuilt.map(({ batch, count }, index) => {
      const lane = lanes[index];
      if (lane === undefined) throw new Error(`Batch ${index} of an append has no lane.`);
      this.producer.wake(lane);
      return lane.push(batch, count);
    });
    const written = this.positions(lanes, batches, new Uint32Array(batches.length), bytes).then((positions) => {
      for (const { batch, release } of prebuilt) release?.(batch);
      return positions;
    });
    return { written };
  }

  private async positions(
    lanes: ReadonlyArray<Lane>,
    batches: ReadonlyArray<OutBatch>,
    places: Uint32Array,
    bytes: number,
  ): Promise<ReadonlyArray<LogPosition>> {
    const offsets = new Map<OutBatch, number>();
    try {
      // Every batch is awaited, also after one was refused, so that none is left unheard.
      const settled = await Promise.allSettled(
        [...new Set(batches)].map(async (batch) => offsets.set(batch, await batch.written)),
      );
      for (const each of settled) if (each.status === "rejected") throw each.reason;
    } finally {
      this.pendingBytes -= bytes;
    }
    return batches.map((batch, index): LogPosition => {
      const lane = lanes[index];
      const base = offsets.get(batch);
      if (lane === undefined || base === undefined) throw new Error(`Part ${index} of an append has no position.`);
      return { topic: lane.topic, partition: lane.partition, offset: base + (places[index] ?? 0) };
    });
  }

  private lanesOf(records: ReadonlyArray<LogRecord>): ReadonlyArray<Lane> {
    this.keyless += 1;
    let topic = "";
    let count = 0;
    return records.map((record) => {
      if (record.topic !== topic) {
        topic = record.topic;
        count = this.countOf(topic);
      }
      const partition =
        record.partition ?? (record.key === null ? this.keyless % count : partitionOf(record.key, count));
      return this.lane(topic, partition);
    });
  }

  private lane(topic: string, partition: number): Lane {
    const count = this.countOf(topic);
    if (!(partition >= 0 && partition < count)) throw new UnknownPartition(topic, partition, count);
    return this.producer.lane(topic, partition);
  }

  private countOf(topic: string): number {
    const count = this.cluster.knownPartitions(topic);
    if (count === undefined) throw new UnknownTopic(topic);
    return count;
  }

  private reserve(bytes: number): void {
    if (this.pendingBytes > 0 && this.pendingBytes + bytes > this.pendingBytesMax) {
      throw new Overloaded(this.pendingBytes, this.pendingBytesMax);
    }
    this.pendingBytes += bytes;
  }
}

const checkPrebuilt = ({ topic, partition, batch, count }: PrebuiltBatch): void => {
  const header = readBatchHeader(batch);
  if (header.batchBytes === batch.length && header.recordCount === count && header.lastOffsetDelta === count - 1)
    return;
  throw new Error(
    `A batch for ${topic}-${partition} holds ${header.recordCount} records in ${header.batchBytes} bytes; ` +
      `expected ${count} records in ${batch.length} bytes. Pass BatchBuilder.finish() with the builder's count.`,
  );
};
