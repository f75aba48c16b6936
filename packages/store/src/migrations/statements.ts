import type { MetricView, ModelView } from "@leadwire/kpis";
import { alertTables } from "../model/alert-tables.ts";
import { asOfViews, engineAsOfView, versionViews } from "../model/as-of-views.ts";
import { backfillsTable } from "../model/backfill-table.ts";
import { generationDatabase, logDatabase, viewDatabase } from "../model/database.ts";
import { eventsLatestTable, eventsTable } from "../model/event-tables.ts";
import { factHistoryTable, factsLatestTable } from "../model/fact-tables.ts";
import {
  addColumn,
  createDatabase,
  createDefinerView,
  createPlainView,
  createTable,
  createView,
  feedTable,
  refeedTable,
  type StoreLayout,
} from "../model/layout.ts";
import { ledgerTable } from "../model/ledger-table.ts";
import { migrationsTable } from "../model/migration-table.ts";
import { positionsTable } from "../model/position-table.ts";
import { quarantineTable } from "../model/quarantine-table.ts";
import { slicesTable } from "../model/slice-table.ts";
import { quoteText } from "../model/table.ts";
import { viewsOf } from "../model/views.ts";

export interface Migration {
  /** Rises by one; a number once released keeps its statements. */
  readonly number: number;
  readonly name: string;
  readonly statements: (layout: StoreLayout) => ReadonlyArray<string>;
}

/** Where it stands which migrations a store has had. */
export const migrationTableStatements = (layout: StoreLayout): ReadonlyArray<string> => [
  createDatabase(layout, logDatabase),
  ...createTable(layout, logDatabase, migrationsTable),
];

/** What exists once per store, whatever the generation. In order; each may run again, and several at once. */
export const migrations: ReadonlyArray<Migration> = [
  {
    number: 1,
    name: "the log's events and quarantine",
    statements: (layout) => [
      createDatabase(layout, viewDatabase),
      createDatabase(layout, logDatabase),
      ...createTable(layout, logDatabase, eventsTable),
      ...createTable(layout, logDatabase, eventsLatestTable),
      feedTable(layout, logDatabase, eventsTable.name, eventsLatestTable.name),
      ...createTable(layout, logDatabase, quarantineTable),
      ...createTable(layout, logDatabase, positionsTable),
    ],
  },
  {
    number: 2,
    name: "which records came with a backfill",
    statements: (layout) => createTable(layout, logDatabase, backfillsTable),
  },
  {
    number: 3,
    name: "alerts and what was told of them",
    statements: (layout) => alertTables.flatMap((table) => createTable(layout, logDatabase, table)),
  },
];

/** The tables of one generation; each statement may run again: a generation of a former version gets what is new. */
export const generationStatements = (layout: StoreLayout, generation: string): ReadonlyArray<string> => {
  const database = generationDatabase(generation);
  return [
    createDatabase(layout, database),
    ...createTable(layout, database, factHistoryTable),
    ...createTable(layout, database, factsLatestTable),
    // Of facts told before it was known whether a backfill brought them, none raises an alert about the past.
    ...addColumn(layout, database, factsLatestTable, "backfill", "1"),
    ...addColumn(layout, database, factHistoryTable, "backfill", "1"),
    feedTable(layout, database, factHistoryTable.name, factsLatestTable.name),
    refeedTable(layout, database, factHistoryTable.name, factsLatestTable.name),
    ...createTable(layout, database, slicesTable),
    ...createTable(layout, database, ledgerTable),
    ...createTable(layout, database, positionsTable),
    ...versionViews(layout, database).map((view) => createDefinerView(layout, database, view)),
  ];
};

/** A view of the metrics' layer: of the model, or a statistic's own. */
export type MetricLayerView = ModelView | MetricView;

/** Points the views at a generation. */
export const viewStatements = (layout: StoreLayout, generation: string, timeZone: string): ReadonlyArray<string> => {
  const zone = quoteText(timeZone).slice(1, -1);
  return [
    ...viewsOf({ database: generationDatabase(generation), timeZone: zone }).map((view) =>
      createView(layout, viewDatabase, view),
    ),
    createPlainView(layout, logDatabase, engineAsOfView(layout, generationDatabase(generation))),
    ...asOfViews(layout, generationDatabase(generation)).map((view) => createPlainView(layout, viewDatabase, view)),
  ];
};

/** The metrics' own views: they stand on the views above by name and follow them. */
export const metricStatements = (layout: StoreLayout, metrics: ReadonlyArray<MetricLayerView>): ReadonlyArray<string> =>
  // ClickHouse keeps no columns of a view that takes parameters.
  metrics.map((view) =>
    "columns" in view && !("call" in view)
      ? createView(layout, viewDatabase, view)
      : createPlainView(layout, viewDatabase, { name: view.name, comment: view.comment, select: view.select }),
  );
