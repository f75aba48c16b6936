import { readBatchKey, seekKey } from "./batch-key.ts";
import type { LmdbStore } from "./lmdb-store.ts";
import type { PartitionState } from "./partition-state.ts";

/** Batches deleted in one transaction, so that appends never wait long. */
const batchesPerTransaction = 256;

/** Deletes every batch of a partition. The start moves first: a reader sees them expired, never a gap. */
export const clearPartition = async (
  store: LmdbStore,
  state: PartitionState,
  isClosed: () => boolean,
): Promise<void> => {
  const { topicId, partition } = state;
  state.start = state.end;
  const range = {
    start: seekKey(topicId, partition, 0),
    end: seekKey(topicId, partition + 1, 0),
    limit: batchesPerTransaction,
  };
  while (!isClosed()) {
    const keys = [...store.batches.getKeys(range)].map((key) => Buffer.from(key));
    if (keys.length === 0) return;
    await store.transaction(() => {
      for (const key of keys) store.batches.remove(key);
    });
    store.renewReads();
  }
};

/**
 * Deletes the partition's batches appended before `beforeMs`; never the last one, which keeps the end and the clock.
 * Resolves to the number of batches deleted. The start moves first: a crash in between brings batches back, never a gap.
 */
export const expirePartition = async (
  store: LmdbStore,
  state: PartitionState,
  beforeMs: number,
  isClosed: () => boolean,
): Promise<number> => {
  let deleted = 0;
  while (!isClosed()) {
    const { topicId, partition, end } = state;
    const range = { start: seekKey(topicId, partition, 0), end: seekKey(topicId, partition, end) };
    const expired: Buffer[] = [];
    let start = state.start;
    for (const key of store.batches.getKeys(range)) {
      const { appendTimeMs, baseOffset, lastOffset } = readBatchKey(key);
      start = baseOffset;
      if (appendTimeMs >= beforeMs || lastOffset + 1 >= end || expired.length === batchesPerTransaction) break;
      expired.push(Buffer.from(key));
    }
    if (expired.length === 0) break;
    state.start = start;
    await store.transaction(() => {
      for (const key of expired) store.batches.remove(key);
    });
    store.renewReads();
    deleted += expired.length;
  }
  return deleted;
};
