import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { map } from "fp-ts/lib/TaskEither.js";
import { positionsTable } from "./model/position-table.ts";
import type { NativeBlock } from "./native-block.ts";
import type { Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";
import { TableWriter } from "./writers/table-writer.ts";

/** Up to where a partition of a topic is stored. */
export interface StoredPosition {
  readonly topic: string;
  readonly partition: number;
  /** First offset that is not stored yet. */
  readonly nextOffset: number;
  /** Of the last record stored. */
  readonly appendTimeMs: number;
}

const writePosition = (rows: NativeBlock, position: StoredPosition): void => {
  rows.string(position.topic);
  rows.int32(position.partition);
  rows.int64(position.nextOffset);
  rows.int64(position.appendTimeMs);
};

/** Notes positions in a database's `positions`; only once all rows before them are stored. */
export const writePositions = (
  store: Store,
  database: string,
  positions: ReadonlyArray<StoredPosition>,
): TaskEither<StoreFault, void> => {
  const writer = new TableWriter(`${database}.${positionsTable.name}`, positionsTable.columns, writePosition);
  for (const position of positions) writer.add(position);
  return writer.insert(store);
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
