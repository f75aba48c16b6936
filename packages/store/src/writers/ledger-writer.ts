import type { LedgerUpdated } from "@leadwire/events";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { generationDatabase } from "../model/database.ts";
import { ledgerTable } from "../model/ledger-table.ts";
import type { NativeBlock } from "../native-block.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { TableWriter } from "./table-writer.ts";

type LedgerEntry = LedgerUpdated["entries"][number];

/** One row, in the order of ledgerTable's columns. */
const writeEntry = (rows: NativeBlock, told: LedgerUpdated, entry: LedgerEntry): void => {
  rows.string(told.topic);
  rows.int32(told.partition);
  rows.int64(told.position);
  rows.string(entry.source_system);
  rows.string(entry.backfill);
  rows.int64(entry.applied);
  rows.int64(entry.duplicate);
  rows.int64(entry.quarantined);
  rows.int64(entry.superseded);
  rows.int64(entry.conflict);
  rows.int64(entry.forwarded);
  const reasons = rows.array(entry.reasons.length);
  for (const { reason, count } of entry.reasons) {
    reasons.keys.string(reason);
    reasons.values.int64(count);
  }
};

/** Rows of the ledger: one for each source and backfill that a task tells of. */
export class LedgerWriter {
  readonly #rows: TableWriter<[LedgerUpdated, LedgerEntry]>;

  constructor(generation: string) {
    this.#rows = new TableWriter(
      `${generationDatabase(generation)}.${ledgerTable.name}`,
      ledgerTable.columns,
      writeEntry,
    );
  }

  get rowCount(): number {
    return this.#rows.rowCount;
  }

  get byteLength(): number {
    return this.#rows.byteLength;
  }

  add(told: LedgerUpdated): void {
    for (const entry of told.entries) this.#rows.add(told, entry);
  }

  insert(store: Store, signal?: AbortSignal): TaskEither<StoreFault, void> {
    return this.#rows.insert(store, signal);
  }

  clear(): void {
    this.#rows.clear();
  }
}

export const ledgerWriter = (generation: string): LedgerWriter => new LedgerWriter(generation);
