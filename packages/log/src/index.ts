export * from "./batch-builder.ts";
export { BatchPool } from "./batch-pool.ts";
export { copyBytes, viewOf } from "./copy-bytes.ts";
export * from "./embedded/embedded-log.ts";
export * from "./event-log.ts";
export * from "./log-fault.ts";
export * from "./partition-of.ts";
export { readBatchHeader, stampBatch } from "./record-batch.ts";
export * from "./record-cursor.ts";
