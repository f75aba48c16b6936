import { viewsHint } from "./refusal.ts";

/** Tables of ClickHouse's own that clients read at their start; which of their columns, the reader's grants say. */
const systemTables: ReadonlySet<string> = new Set([
  "system.columns",
  "system.contributors",
  "system.data_type_families",
  "system.databases",
  "system.formats",
  "system.functions",
  "system.keywords",
  "system.numbers",
  "system.numbers_mt",
  "system.one",
  "system.settings",
  "system.table_engines",
  "system.table_functions",
  "system.tables",
  "system.time_zones",
  "system.zeros",
]);

const databases: ReadonlySet<string> = new Set(["leadwire", "information_schema"]);

/** Whether all of a database may be named: ours, and the standard's description of it. */
export const isAllowedDatabase = (name: string): boolean => databases.has(name.toLowerCase());

const isAllowed = (table: string): boolean => {
  const name = table.toLowerCase();
  const dot = name.indexOf(".");
  return databases.has(name.slice(0, Math.max(dot, 0))) || systemTables.has(name);
};

/** Why a table may not be read; undefined where it may. A name without a database is one of `database`. */
export const tableRefusal = (table: string, database: string): string | undefined =>
  isAllowed(table.includes(".") ? table : `${database}.${table}`)
    ? undefined
    : `the table ${table} is not one of the views: ${viewsHint}`;

/** Tables made by a function: only those that make rows out of nothing or out of another query. */
const tableFunctions: ReadonlySet<string> = new Set([
  "numbers",
  "numbers_mt",
  "zeros",
  "zeros_mt",
  "values",
  "sqlstandardvalues",
  "view",
  "generateseries",
  "generate_series",
  "null",
]);

/** A metric's view, where a window lies, and the facts as of a time, take their parameters like a table function. */
const parameterView = /^(leadwire\.)?(kpi_[a-z0-9_]+|window_at|facts_as_of|facts_of_kind_as_of)$/;

const instead: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [/^(file|filesystem)/i, "it reads files of the server"],
  [/^(executable|eval)/i, "it runs more than this statement"],
  [
    /^(merge$|loop|dictionary|mergetree|viewifpermitted|timeseries|prometheus)/i,
    `it reads what is no view: ${viewsHint}`,
  ],
  [/^(generaterandom|fuzz|format$|input$)/i, "numbers(…) and values(…) make rows"],
  [/^viewexplain/i, "put EXPLAIN in front of the whole statement"],
];

/** Why a function may not stand where a table does; undefined where it may. */
export const tableFunctionRefusal = (name: string): string | undefined => {
  if (tableFunctions.has(name.toLowerCase()) || parameterView.test(name)) return undefined;
  const reason = instead.find(([pattern]) => pattern.test(name))?.[1] ?? "it reads from elsewhere than the views";
  return `the table function ${name} is not allowed: ${reason}`;
};
