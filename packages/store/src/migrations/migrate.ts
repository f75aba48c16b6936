import type { MetricView } from "@leadwire/kpis";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { logDatabase } from "../model/database.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { generationStatements, migrations, viewStatements } from "./statements.ts";

const ledger = `${logDatabase}.migrations`;

const runAll = async (store: Store, statements: ReadonlyArray<string>): Promise<Either<StoreFault, void>> => {
  for (const statement of statements) {
    const outcome = await store.command(statement)();
    if (isLeft(outcome)) return outcome;
  }
  return right(undefined);
};

/**
 * Applies the migrations that this store has not had, in order. A crash between a migration and its note repeats it,
 * which changes nothing.
 */
export const migrate =
  (store: Store): TaskEither<StoreFault, void> =>
  async () => {
    const prepared = await runAll(store, [
      `CREATE DATABASE IF NOT EXISTS ${logDatabase} ENGINE = Atomic`,
      `CREATE TABLE IF NOT EXISTS ${ledger} (number UInt32, name String) ENGINE = ReplacingMergeTree ORDER BY number`,
    ]);
    if (isLeft(prepared)) return prepared;
    const applied = await store.rows(`SELECT max(number) FROM ${ledger}`)();
    if (isLeft(applied)) return applied;
    const last = Number(applied.right[0]?.[0] ?? 0);
    for (const { number, name, statements } of migrations) {
      if (number <= last) continue;
      const outcome = await runAll(store, [
        ...statements,
        `INSERT INTO ${ledger} VALUES (${number}, '${name.replaceAll("'", "''")}')`,
      ]);
      if (isLeft(outcome)) return outcome;
    }
    return right(undefined);
  };

/** Makes the tables of a generation where they are missing; nothing reads them yet. */
export const createGeneration =
  (store: Store, generation: string): TaskEither<StoreFault, void> =>
  () =>
    runAll(store, generationStatements(generation));

/**
 * Points the views of `leadwire` at a generation, whose days begin at midnight in `timeZone`, and makes the views of
 * the metrics (`metricViews` of the catalogue) over them.
 */
export const serveGeneration =
  (
    store: Store,
    generation: string,
    timeZone: string,
    metrics: ReadonlyArray<MetricView> = [],
  ): TaskEither<StoreFault, void> =>
  () =>
    runAll(store, viewStatements(generation, timeZone, metrics));
