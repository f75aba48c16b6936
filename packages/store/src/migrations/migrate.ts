import { createHash } from "node:crypto";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { logDatabase, viewDatabase } from "../model/database.ts";
import { createView } from "../model/layout.ts";
import { migrationsTable } from "../model/migration-table.ts";
import { modelView, modelViewName } from "../model/model-version.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { checkVersion } from "./check-version.ts";
import {
  generationStatements,
  type MetricLayerView,
  metricStatements,
  migrations,
  migrationTableStatements,
  viewStatements,
} from "./statements.ts";

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

/** Makes the tables of a generation where they are missing, for the readers too; nothing reads them yet. */
export const createGeneration =
  (store: Store, generation: string): TaskEither<StoreFault, void> =>
  async () => {
    const made = await runAll(store, generationStatements(store.layout, generation));
    return isLeft(made) ? made : store.readers.cover()();
  };

/** ClickHouse plans each view as it makes it: some hundred views are made several at a time. */
const makersAtOnce = 8;

const runSome = async (store: Store, statements: ReadonlyArray<string>): Promise<Either<StoreFault, void>> => {
  const waiting = [...statements];
  const runNext = async (): Promise<Either<StoreFault, void>> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await store.command(next)();
      if (isLeft(outcome)) return outcome;
    }
    return right(undefined);
  };
  const outcomes = await Promise.all(Array.from({ length: makersAtOnce }, runNext));
  return outcomes.find(isLeft) ?? right(undefined);
};

/** Which metrics' views were made last, as the view `model` says; undefined where nothing says it. */
const madeLast = async (store: Store): Promise<unknown> => {
  const found = await store.rows(`SELECT metrics_made FROM ${viewDatabase}.${modelViewName}`)();
  return isLeft(found) ? undefined : found.right[0]?.[0];
};

const hashOf = (statements: ReadonlyArray<string>): string =>
  createHash("sha256").update(statements.join("\n")).digest("hex");

/**
 * Makes the metrics' views (`modelViews` of the catalogue) where they are not those that were made last: of those only
 * what differs, where `former` are these. The view `model` says which they were; nothing while they are being made, so
 * that a crash on the way makes all of them again.
 */
export const makeMetricViews =
  (
    store: Store,
    metrics: ReadonlyArray<MetricLayerView>,
    former: ReadonlyArray<MetricLayerView> = [],
  ): TaskEither<StoreFault, void> =>
  async () => {
    const { layout } = store;
    const statements = metricStatements(layout, metrics);
    const made = hashOf(statements);
    const last = await madeLast(store);
    if (last === made) return right(undefined);
    const note = (hash: string) => store.command(createView(layout, viewDatabase, modelView(hash)))();
    const before = metricStatements(layout, former);
    const standing = new Set(last === hashOf(before) ? before : []);
    const begun = await note("");
    if (isLeft(begun)) return begun;
    const outcome = await runSome(
      store,
      statements.filter((statement) => !standing.has(statement)),
    );
    return isLeft(outcome) ? outcome : note(made);
  };

/**
 * Points the views of `leadwire` at a generation, whose days begin at midnight in `timeZone`. The views of the metrics
 * stand on those and follow; where they are given they are made as well (`former`: as `makeMetricViews` takes it).
 */
export const serveGeneration =
  (
    store: Store,
    generation: string,
    timeZone: string,
    metrics?: ReadonlyArray<MetricLayerView>,
    former?: ReadonlyArray<MetricLayerView>,
  ): TaskEither<StoreFault, void> =>
  async () => {
    const served = await runAll(store, viewStatements(store.layout, generation, timeZone));
    if (isLeft(served)) return served;
    if (metrics !== undefined) return makeMetricViews(store, metrics, former)();
    return (await madeLast(store)) === undefined
      ? store.command(createView(store.layout, viewDatabase, modelView("")))()
      : right(undefined);
  };
