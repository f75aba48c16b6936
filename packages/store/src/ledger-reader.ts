import type { LedgerUpdated } from "@leadwire/events";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { generationDatabase } from "./model/database.ts";
import { ledgerTable } from "./model/ledger-table.ts";
import type { Cell, Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";

type LedgerEntry = LedgerUpdated["entries"][number];

const entryOf = (row: ReadonlyArray<Cell>): LedgerEntry => {
  const [source, backfill, applied, duplicate, quarantined, superseded, conflict, forwarded, names, counts] = row;
  const reasonCounts = counts as ReadonlyArray<Cell>;
  return {
    source_system: String(source),
    backfill: String(backfill),
    applied: Number(applied),
    duplicate: Number(duplicate),
    quarantined: Number(quarantined),
    superseded: Number(superseded),
    conflict: Number(conflict),
    forwarded: Number(forwarded),
    reasons: (names as ReadonlyArray<Cell>).map((reason, at) => ({
      reason: String(reason),
      count: Number(reasonCounts[at]),
    })),
  };
};

const counted = ["applied", "duplicate", "quarantined", "superseded", "conflict", "forwarded"];
const newest = counted.map((name) => `argMax(${name}, position)`).join(", ");

/**
 * What each task of a generation has counted, at the highest position it has told: one item for each task, its entries
 * in order of source and backfill. A task that has counted nothing yet is missing.
 */
export const readLedger =
  (store: Store, generation: string): TaskEither<StoreFault, ReadonlyArray<LedgerUpdated>> =>
  async (): Promise<Either<StoreFault, ReadonlyArray<LedgerUpdated>>> => {
    const rows = await store.rows(
      `SELECT topic, partition, max(position), source_system, backfill, ${newest},
         mapKeys(argMax(reasons, position)), mapValues(argMax(reasons, position))
       FROM ${generationDatabase(generation)}.${ledgerTable.name}
       GROUP BY topic, partition, source_system, backfill ORDER BY topic, partition, source_system, backfill`,
    )();
    if (isLeft(rows)) return rows;
    const tasks = new Map<string, { topic: string; partition: number; position: number; entries: LedgerEntry[] }>();
    for (const [topic, partition, position, ...entry] of rows.right) {
      const key = `${topic}/${partition}`;
      const task = tasks.get(key) ?? { topic: String(topic), partition: Number(partition), position: 0, entries: [] };
      tasks.set(key, task);
      task.position = Math.max(task.position, Number(position));
      task.entries.push(entryOf(entry));
    }
    return right([...tasks.values()]);
  };
