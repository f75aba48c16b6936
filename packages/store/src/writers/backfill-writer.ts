import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { backfillsTable } from "../model/backfill-table.ts";
import { logDatabase } from "../model/database.ts";
import type { NativeBlock } from "../native-block.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { TableWriter } from "./table-writer.ts";

interface Run {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly backfill: string;
  last: number;
}

const writeRun = (rows: NativeBlock, { topic, partition, first, last, backfill }: Run): void => {
  rows.string(topic);
  rows.int32(partition);
  rows.int64(first);
  rows.int64(last);
  rows.string(backfill);
};

/** Gathers the runs of records with a backfill id: told of every record of a partition, in their order. */
export class BackfillWriter extends TableWriter<[Run]> {
  /** The run that goes on, by topic, then partition. */
  readonly #open = new Map<string, Map<number, Run>>();
  #openCount = 0;

  constructor() {
    super(`${logDatabase}.${backfillsTable.name}`, backfillsTable.columns, writeRun);
  }

  override get rowCount(): number {
    return super.rowCount + this.#openCount;
  }

  /** A record with a backfill id, or with an empty one. */
  note(topic: string, partition: number, offset: number, backfill: string): void {
    if (backfill === "" && this.#openCount === 0) return;
    const run = this.#open.get(topic)?.get(partition);
    // Whatever lies between was read by somebody else, or is no record.
    if (run !== undefined && run.backfill === backfill && offset === run.last + 1) {
      run.last = offset;
      return;
    }
    if (run !== undefined) this.#close(run);
    if (backfill === "") return;
    const runs = this.#open.get(topic) ?? new Map<number, Run>();
    runs.set(partition, { topic, partition, first: offset, last: offset, backfill });
    this.#open.set(topic, runs);
    this.#openCount += 1;
  }

  override insert(store: Store, signal?: AbortSignal): TaskEither<StoreFault, void> {
    for (const runs of this.#open.values()) for (const run of [...runs.values()]) this.#close(run);
    return super.insert(store, signal);
  }

  override clear(): void {
    this.#open.clear();
    this.#openCount = 0;
    super.clear();
  }

  #close(run: Run): void {
    this.#open.get(run.topic)?.delete(run.partition);
    this.#openCount -= 1;
    this.add(run);
  }
}
