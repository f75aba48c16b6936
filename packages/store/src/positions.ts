import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { map } from "fp-ts/lib/TaskEither.js";
import { positionsTable } from "./model/position-table.ts";
import { RowBinary } from "./row-binary.ts";
import type { Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";

/** Up to where a partition of a topic is stored. */
export interface StoredPosition {
  readonly topic: string;
  readonly partition: number;
  /** First offset that is not stored yet. */
  readonly nextOffset: number;
  /** Of the last record stored. */
  readonly appendTimeMs: number;
}

/** Notes positions in a database's `positions`; only once all rows before them are stored. */
export const writePositions = (
  store: Store,
  database: string,
  positions: ReadonlyArray<StoredPosition>,
): TaskEither<StoreFault, void> => {
  const rows = new RowBinary(4_096);
  for (const { topic, partition, nextOffset, appendTimeMs } of positions) {
    rows.string(topic);
    rows.int32(partition);
    rows.int64(nextOffset);
    rows.int64(appendTimeMs);
  }
  return store.insertRowBinary(
    `${database}.${positionsTable.name}`,
    positionsTable.columns.map(({ name }) => name),
    rows.view(),
  );
};

/** What is noted in a database; partitions never stored are missing. */
export const readPositions = (store: Store, database: string): TaskEither<StoreFault, ReadonlyArray<StoredPosition>> =>
  map((rows: ReadonlyArray<ReadonlyArray<unknown>>) =>
    rows.map(([topic, partition, nextOffset, appendTimeMs]) => ({
      topic: String(topic),
      partition: Number(partition),
      nextOffset: Number(nextOffset),
      appendTimeMs: Number(appendTimeMs),
    })),
  )(
    store.rows(
      `SELECT topic, partition, max(next_offset), toUnixTimestamp64Milli(argMax(append_time, next_offset))
FROM ${database}.${positionsTable.name} GROUP BY topic, partition ORDER BY topic, partition`,
    ),
  );
