import { type Column, columnLines, quoteText, type Table, type View } from "./table.ts";

/** Where tables live: on one server, or on every server of a cluster that its configuration names. */
export type StoreLayout = { readonly _tag: "single" } | { readonly _tag: "cluster"; readonly name: string };

export const singleLayout: StoreLayout = { _tag: "single" };

/** The layout on a cluster of this name. Throws on a name that is no identifier. */
export const clusterLayout = (name: string): StoreLayout => {
  if (!/^[A-Za-z_][0-9A-Za-z_]{0,63}$/.test(name)) {
    throw new Error(
      `cluster "${name}": expected letters, digits and _, as in remote_servers of ClickHouse's configuration`,
    );
  }
  return { _tag: "cluster", name };
};

/**
 * Synced at each insert: the sink notes a position as stored once its rows are, and that note must not outlive them
 * when the power goes. Inserts are large and few, so this costs little.
 */
const tableSettings = "fsync_after_insert = 1, fsync_part_directory = 1";

/**
 * The same place in the keeper on every server, so that one added later joins its replicas; a path with the table's
 * UUID would begin a replica set of its own.
 */
const replicaPath = "'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'";

/** Where a statement is carried out, behind a name. */
export const onCluster = (layout: StoreLayout): string =>
  layout._tag === "single" ? "" : ` ON CLUSTER ${layout.name}`;

const replicated = (engine: string): string => {
  const [name = engine, version] = engine.replace(")", "").split("(");
  return `Replicated${name}(${replicaPath}${version === undefined ? "" : `, ${version}`})`;
};

/** The table that holds a server's own rows. */
const localName = (layout: StoreLayout, table: string): string => (layout._tag === "single" ? table : `${table}_local`);

const rangeLines = ({ ranges = [] }: Table): string =>
  ranges.map((name) => `,\n  INDEX ${name}_range \`${name}\` TYPE minmax GRANULARITY 1`).join("");

const storedTable = (layout: StoreLayout, database: string, table: Table): string =>
  [
    `CREATE TABLE IF NOT EXISTS ${database}.${localName(layout, table.name)}${onCluster(layout)} (\n${columnLines(table.columns)}${rangeLines(table)}\n)`,
    `ENGINE = ${layout._tag === "single" ? table.engine : replicated(table.engine)}`,
    `ORDER BY (${table.orderBy.join(", ")})`,
    ...(table.ttl === undefined ? [] : [`TTL ${table.ttl}`]),
    `SETTINGS ${tableSettings}`,
    `COMMENT ${quoteText(table.comment)}`,
  ].join("\n");

/** All versions of one key lie on one shard: merging each shard by itself (FINAL) then is merging the whole. */
const distributedTable = (cluster: string, database: string, table: Table): string =>
  [
    `CREATE TABLE IF NOT EXISTS ${database}.${table.name} ON CLUSTER ${cluster} (\n${columnLines(table.columns)}\n)`,
    `ENGINE = Distributed(${cluster}, ${database}, ${table.name}_local, cityHash64(${table.shardBy.join(", ")}))`,
    `COMMENT ${quoteText(table.comment)}`,
  ].join("\n");

export const createDatabase = (layout: StoreLayout, name: string): string =>
  `CREATE DATABASE IF NOT EXISTS ${name}${onCluster(layout)} ENGINE = Atomic`;

/** The statements that make a table, with the one that spans the cluster under the table's own name. */
export const createTable = (layout: StoreLayout, database: string, table: Table): ReadonlyArray<string> => [
  storedTable(layout, database, table),
  ...(layout._tag === "single" ? [] : [distributedTable(layout.name, database, table)]),
];

/** Adds a column to a table of a former version; rows written before read `formerValue` there. */
export const addColumn = (
  layout: StoreLayout,
  database: string,
  { name, columns }: Table,
  added: string,
  formerValue: string,
): ReadonlyArray<string> => {
  const column = columns.find((each) => each.name === added);
  if (column === undefined) throw new Error(`${name} has no column ${added}`);
  const alter = (table: string, value: string): string =>
    `ALTER TABLE ${database}.${table}${onCluster(layout)} ADD COLUMN IF NOT EXISTS ${added} ${column.type}${value} COMMENT ${quoteText(column.comment)}`;
  return [
    alter(localName(layout, name), ` DEFAULT ${formerValue}`),
    ...(layout._tag === "single" ? [] : [alter(name, "")]),
  ];
};

/** Takes the columns in that a table has got since its feed was made. */
export const refeedTable = (layout: StoreLayout, database: string, from: string, to: string): string =>
  `ALTER TABLE ${database}.${to}_feed${onCluster(layout)} MODIFY QUERY SELECT * FROM ${database}.${localName(layout, from)}`;

/** Feeds one table from another: both have the same shards, so on each server from its own rows. */
export const feedTable = (layout: StoreLayout, database: string, from: string, to: string): string =>
  `CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.${to}_feed${onCluster(layout)} TO ${database}.${localName(layout, to)} AS SELECT * FROM ${database}.${localName(layout, from)}`;

export const createView = (layout: StoreLayout, database: string, view: View): string =>
  `CREATE OR REPLACE VIEW ${database}.${view.name}${onCluster(layout)} (\n${columnLines(view.columns)}\n)\nSQL SECURITY INVOKER\nAS ${view.select}\nCOMMENT ${quoteText(view.comment)}`;

/** A view that runs with the rights of who makes it, whoever asks. */
export const createDefinerView = (
  layout: StoreLayout,
  database: string,
  { name, comment, select }: Omit<View, "columns">,
): string =>
  `CREATE OR REPLACE VIEW ${database}.${name}${onCluster(layout)} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS ${select}\nCOMMENT ${quoteText(comment)}`;

/** A view whose columns follow from its statement. */
export const createPlainView = (
  layout: StoreLayout,
  database: string,
  { name, comment, select }: Omit<View, "columns"> & { readonly columns?: ReadonlyArray<Column> },
): string =>
  `CREATE OR REPLACE VIEW ${database}.${name}${onCluster(layout)} SQL SECURITY INVOKER AS ${select}\nCOMMENT ${quoteText(comment)}`;
