import type { LogChunk } from "../event-log.ts";
import { CorruptBatch, ExpiredOffset, OffsetBeyondEnd } from "../log-fault.ts";
import { batchBytesAt, readBatchHeader } from "../record-batch.ts";
import { readBatchKey, seekKey } from "./batch-key.ts";
import type { LmdbStore } from "./lmdb-store.ts";
import type { PartitionState } from "./partition-state.ts";

const nothing = Buffer.alloc(0);

/**
 * Reads the durable batches from the one that holds `from` on, until `maxBytes` are reached. Throws ExpiredOffset,
 * OffsetBeyondEnd, or CorruptBatch when a batch is not the one its key names.
 */
export const readBatches = (store: LmdbStore, state: PartitionState, from: number, maxBytes: number): LogChunk => {
  const { topic, topicId, partition, start, end } = state;
  if (from < start) throw new ExpiredOffset(topic, partition, from, start);
  if (from > end) throw new OffsetBeyondEnd(topic, partition, from, end);
  if (from === end) return { bytes: nothing, nextOffset: from, endOffset: end };
  const parts: Buffer[] = [];
  let bytes = 0;
  let nextOffset = from;
  const range = { start: seekKey(topicId, partition, from), end: seekKey(topicId, partition, end) };
  for (const { key, value } of store.batches.getRange(range)) {
    const { baseOffset, lastOffset } = readBatchKey(key);
    if (batchBytesAt(value, 0) !== value.length || readBatchHeader(value).baseOffset !== baseOffset) {
      throw new CorruptBatch(bytes, `it is not the batch stored for offset ${baseOffset} of ${topic}-${partition}`);
    }
    parts.push(value);
    bytes += value.length;
    nextOffset = lastOffset + 1;
    if (bytes >= maxBytes) break;
  }
  const only = parts.length === 1 ? parts[0] : undefined;
  return { bytes: only ?? Buffer.concat(parts, bytes), nextOffset, endOffset: end };
};
