import type { MetricView } from "@leadwire/kpis";
import { generationDatabase, logDatabase, viewDatabase } from "../model/database.ts";
import { eventsLatestTable, eventsTable } from "../model/event-tables.ts";
import { factHistoryTable, factsLatestTable } from "../model/fact-tables.ts";
import { positionsTable } from "../model/position-table.ts";
import { quarantineTable } from "../model/quarantine-table.ts";
import { slicesTable } from "../model/slice-table.ts";
import { createTable, createView, quoteText } from "../model/table.ts";
import { viewsOf } from "../model/views.ts";

export interface Migration {
  /** Rises by one; a number once released keeps its statements. */
  readonly number: number;
  readonly name: string;
  readonly statements: ReadonlyArray<string>;
}

const createDatabase = (name: string): string => `CREATE DATABASE IF NOT EXISTS ${name} ENGINE = Atomic`;

const follow = (database: string, from: string, to: string): string =>
  `CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.${to}_feed TO ${database}.${to} AS SELECT * FROM ${database}.${from}`;

/** What exists once per store, whatever the generation. In order; each may run again. */
export const migrations: ReadonlyArray<Migration> = [
  {
    number: 1,
    name: "the log's events and quarantine",
    statements: [
      createDatabase(viewDatabase),
      createDatabase(logDatabase),
      createTable(logDatabase, eventsTable),
      createTable(logDatabase, eventsLatestTable),
      follow(logDatabase, eventsTable.name, eventsLatestTable.name),
      createTable(logDatabase, quarantineTable),
      createTable(logDatabase, positionsTable),
    ],
  },
];

/** The tables of one generation; each statement may run again. */
export const generationStatements = (generation: string): ReadonlyArray<string> => {
  const database = generationDatabase(generation);
  return [
    createDatabase(database),
    createTable(database, factHistoryTable),
    createTable(database, factsLatestTable),
    follow(database, factHistoryTable.name, factsLatestTable.name),
    createTable(database, slicesTable),
    createTable(database, positionsTable),
  ];
};

/** Points the views at a generation; the metrics' own views stand on `leadwire.facts` and follow it. */
export const viewStatements = (
  generation: string,
  timeZone: string,
  metrics: ReadonlyArray<MetricView>,
): ReadonlyArray<string> => {
  const zone = quoteText(timeZone).slice(1, -1);
  return [
    ...viewsOf({ database: generationDatabase(generation), timeZone: zone }).map((view) =>
      createView(viewDatabase, view),
    ),
    ...metrics.map(
      ({ name, comment, select }) =>
        `CREATE OR REPLACE VIEW ${viewDatabase}.${name} SQL SECURITY INVOKER AS ${select}\nCOMMENT ${quoteText(comment)}`,
    ),
  ];
};
