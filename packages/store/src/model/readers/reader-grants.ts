import type { Reader } from "../../reader.ts";
import { alertTables } from "../alert-tables.ts";
import { alertViews } from "../alert-views.ts";
import { versionViewNames } from "../as-of-views.ts";
import { generationDatabase, logDatabase, viewDatabase } from "../database.ts";
import { quarantineTable } from "../quarantine-table.ts";
import { filteredEventTables, filteredFactTables } from "./row-filters.ts";

/** A table, and each server's own part of it on a cluster. */
const parts = ["", "_local"] as const;

/** Which records the view `events` leaves out; not their bytes, nor why. */
const leftOut = parts.map(
  (part) => `GRANT SELECT(origin, partition, position) ON ${logDatabase}.${quarantineTable.name}${part}`,
);

/** What clients ask of the server itself; system.tables, columns, databases, settings and functions are open to all. */
const aboutTheServer: ReadonlyArray<string> = [
  "GRANT SELECT ON information_schema.*",
  "GRANT SELECT ON INFORMATION_SCHEMA.*",
  "GRANT SELECT ON system.numbers",
  // What information_schema.tables adds up: sizes, no paths.
  "GRANT SELECT(database, table, active, primary_key_size, marks_bytes, secondary_indices_compressed_bytes, secondary_indices_marks_bytes) ON system.parts",
];

/** The views run with the reader's rights, so that row policies on the tables hold for every way in. */
export const allRowsGrants: ReadonlyArray<string> = [
  `GRANT SELECT ON ${viewDatabase}.*`,
  "GRANT SELECT ON leadwire_g_*.*",
  ...parts.flatMap((part) =>
    [...filteredEventTables, ...alertTables.map(({ name }) => name)].map(
      (table) => `GRANT SELECT ON ${logDatabase}.${table}${part}`,
    ),
  ),
  ...leftOut,
  ...aboutTheServer,
];

/** Views over tables that hold the whole company, whose rows have no dimensions to filter by. */
export const companyViews: ReadonlyArray<string> = [
  "slices",
  "task_slices",
  "metrics",
  "ledger",
  ...alertViews.map(({ name }) => name),
];

/**
 * Facts and events, table by table: a table that is made later, also a whole generation, is closed until it has a row
 * policy.
 */
const someRowsGrants = (generations: ReadonlyArray<string>): ReadonlyArray<string> => [
  `GRANT SELECT ON ${viewDatabase}.*`,
  ...companyViews.map((view) => `REVOKE SELECT ON ${viewDatabase}.${view}`),
  ...parts.flatMap((part) => [
    ...generations.flatMap((generation) =>
      filteredFactTables.map((table) => `GRANT SELECT ON ${generationDatabase(generation)}.${table}${part}`),
    ),
    ...filteredEventTables.map((table) => `GRANT SELECT ON ${logDatabase}.${table}${part}`),
  ]),
  ...generations.flatMap((generation) =>
    versionViewNames.map((view) => `GRANT SELECT ON ${generationDatabase(generation)}.${view}`),
  ),
  ...leftOut,
  ...aboutTheServer,
];

/** What a reader may do, as statements without their TO. */
export const readerGrants = ({ where }: Reader, generations: ReadonlyArray<string>): ReadonlyArray<string> =>
  where.length === 0 ? allRowsGrants : someRowsGrants(generations);
