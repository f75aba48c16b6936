import type { MetricView } from "@leadwire/kpis";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { logDatabase } from "../model/database.ts";
import { migrationsTable } from "../model/migration-table.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { checkVersion } from "./check-version.ts";
import { generationStatements, migrations, migrationTableStatements, viewStatements } from "./statements.ts";

const done = `${logDatabase}.${migrationsTable.name}`;

const runAll = async (store: Store, statements: ReadonlyArray<string>): Promise<Either<StoreFault, void>> => {
  for (const statement of statements) {
    const outcome = await store.command(statement)();
    if (isLeft(outcome)) return outcome;
  }
  return right(undefined);
};

/**
 * Applies the migrations that this store has not had, in order. A crash between a migration and its note repeats it, as
 * do several services that start at once, which changes nothing: no lock is needed, and none can be left behind. A
 * server older than what is tested is refused.
 */
export const migrate =
  (store: Store): TaskEither<StoreFault, void> =>
  async () => {
    const fit = await checkVersion(store)();
    if (isLeft(fit)) return fit;
    const prepared = await runAll(store, migrationTableStatements(store.layout));
    if (isLeft(prepared)) return prepared;
    const applied = await store.rows(`SELECT max(number) FROM ${done}`)();
    if (isLeft(applied)) return applied;
    const last = Number(applied.right[0]?.[0] ?? 0);
    for (const { number, name, statements } of migrations) {
      if (number <= last) continue;
      const outcome = await runAll(store, [
        ...statements(store.layout),
        `INSERT INTO ${done} VALUES (${number}, '${name.replaceAll("'", "''")}')`,
      ]);
      if (isLeft(outcome)) return outcome;
    }
    return right(undefined);
  };

/** Makes the tables of a generation where they are missing; nothing reads them yet. */
export const createGeneration =
  (store: Store, generation: string): TaskEither<StoreFault, void> =>
  () =>
    runAll(store, generationStatements(store.layout, generation));

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
    runAll(store, viewStatements(store.layout, generation, timeZone, metrics));
