import { BatchBuilder } from "../batch-builder.ts";
import type { LogPosition, LogRecord, PrebuiltBatch } from "../event-log.ts";
import { partitionOf } from "../partition-of.ts";
import { readBatchHeader } from "../record-batch.ts";
import type { PendingBatch } from "./group-commit.ts";
import type { PartitionState } from "./partition-state.ts";
import type { Topic, TopicTable } from "./topic-table.ts";

/** A batch is closed once it is this long; a larger record has a batch of its own. */
const batchBytesMax = 1_048_576;

/** The batches of one append call, and where in them each record lies. */
export interface AppendPlan {
  readonly batches: ReadonlyArray<PendingBatch>;
  /** Per record: the index of its batch, and its place in it. */
  readonly batchOf: Uint32Array;
  readonly placeOf: Uint32Array;
}

const pending = (state: PartitionState, bytes: Buffer, count: number): PendingBatch => ({
  state,
  bytes,
  count,
  baseOffset: -1,
  appendTimeMs: 0,
});

/** Turns records into batches, one per partition and megabyte. One builder serves every call. */
export class AppendPlanner {
  private readonly topics: TopicTable;
  private builder = new BatchBuilder();
  /** Where the next record without key or partition goes, per topic. */
  private keyless = 0;

  constructor(topics: TopicTable) {
    this.topics = topics;
  }

  plan(records: ReadonlyArray<LogRecord>): AppendPlan {
    const states = this.placed(records);
    const batches: PendingBatch[] = [];
    const batchOf = new Uint32Array(records.length);
    const placeOf = new Uint32Array(records.length);
    const byState = new Map<PartitionState, number[]>();
    states.forEach((state, index) => {
      const indexes = byState.get(state);
      if (indexes === undefined) byState.set(state, [index]);
      else indexes.push(index);
    });
    if (this.builder.capacityBytes > 2 * batchBytesMax) this.builder = new BatchBuilder();
    const builder = this.builder;
    for (const [state, indexes] of byState) {
      builder.begin();
      for (const index of indexes) {
        const record = records[index];
        if (record === undefined) continue;
        batchOf[index] = batches.length;
        placeOf[index] = builder.count;
        builder.add(record.key, record.value, record.headers);
        if (builder.batchBytes < batchBytesMax) continue;
        batches.push(pending(state, builder.finish(), builder.count));
        builder.begin();
      }
      if (builder.count > 0) batches.push(pending(state, builder.finish(), builder.count));
    }
    return { batches, batchOf, placeOf };
  }

  prebuilt(batches: ReadonlyArray<PrebuiltBatch>): ReadonlyArray<PendingBatch> {
    return batches.map(({ topic, partition, batch, count }) => {
      const header = readBatchHeader(batch);
      if (header.batchBytes !== batch.length || header.recordCount !== count || header.lastOffsetDelta !== count - 1) {
        throw new Error(
          `A batch for ${topic}-${partition} holds ${header.recordCount} records in ${header.batchBytes} bytes; ` +
            `expected ${count} records in ${batch.length} bytes. Pass BatchBuilder.finish() with the builder's count.`,
        );
      }
      return pending(this.topics.state({ topic, partition }), batch, count);
    });
  }

  private placed(records: ReadonlyArray<LogRecord>): ReadonlyArray<PartitionState> {
    this.keyless += 1;
    let topic: Topic | undefined;
    return records.map((record) => {
      if (topic?.settings.name !== record.topic) topic = this.topics.topic(record.topic);
      const count = topic.states.length;
      const partition =
        record.partition ?? (record.key === null ? this.keyless % count : partitionOf(record.key, count));
      return topic.states[partition] ?? this.topics.state({ topic: record.topic, partition });
    });
  }
}

/** The positions of a plan's records, once its batches are durable. */
export const positionsOf = (plan: AppendPlan): ReadonlyArray<LogPosition> =>
  Array.from(plan.batchOf, (index, record): LogPosition => {
    const batch = plan.batches[index];
    if (batch === undefined) throw new Error(`Record ${record} of an append is in no batch.`);
    const { topic, partition } = batch.state;
    return { topic, partition, offset: batch.baseOffset + (plan.placeOf[record] ?? 0) };
  });
