import { readInt64, writeInt64 } from "../record-batch.ts";

/**
 * The key of a stored batch: topic id, partition, last offset, append time, first offset, big-endian, so that LMDB keeps
 * a partition's batches in order, the first key at or after (partition, n) is the batch that holds offset n, and bounds
 * and ages are read without touching a batch.
 */
const batchKeyBytes = 32;

/** Where a batch lies and what it spans. */
export interface BatchKey {
  readonly topicId: number;
  readonly partition: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly appendTimeMs: number;
}

/** Bytes that sort by topic, partition, last offset. */
export const batchKey = (key: BatchKey): Buffer => {
  const bytes = Buffer.allocUnsafe(batchKeyBytes);
  bytes.writeUInt32BE(key.topicId, 0);
  bytes.writeUInt32BE(key.partition, 4);
  writeInt64(bytes, 8, key.lastOffset);
  writeInt64(bytes, 16, key.appendTimeMs);
  writeInt64(bytes, 24, key.baseOffset);
  return bytes;
};

/** The inverse of `batchKey`. */
export const readBatchKey = (bytes: Buffer): BatchKey => ({
  topicId: bytes.readUInt32BE(0),
  partition: bytes.readUInt32BE(4),
  lastOffset: readInt64(bytes, 8),
  appendTimeMs: readInt64(bytes, 16),
  baseOffset: readInt64(bytes, 24),
});

/** The place of the batch that holds `offset`: not above that batch's key, and above every earlier one. */
export const seekKey = (topicId: number, partition: number, offset: number): Buffer => {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUInt32BE(topicId, 0);
  bytes.writeUInt32BE(partition, 4);
  writeInt64(bytes, 8, offset);
  return bytes;
};
