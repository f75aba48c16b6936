/**
 * The shapes that this folder describes once, and from which the DDL, the comments in ClickHouse and the printed
 * schema are made.
 */
export interface Column {
  readonly name: string;
  /** ClickHouse's type. */
  readonly type: string;
  readonly comment: string;
}

export interface Table {
  readonly name: string;
  readonly comment: string;
  readonly columns: ReadonlyArray<Column>;
  readonly engine: string;
  readonly orderBy: ReadonlyArray<string>;
  readonly partitionBy?: string;
  readonly ttl?: string;
}

export interface View {
  readonly name: string;
  readonly comment: string;
  readonly columns: ReadonlyArray<Column>;
  readonly select: string;
}

export const column = (name: string, type: string, comment: string): Column => ({ name, type, comment });

/** A string literal of ClickHouse. */
export const quoteText = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const columnLines = (columns: ReadonlyArray<Column>): string =>
  columns.map(({ name, type, comment }) => `  \`${name}\` ${type} COMMENT ${quoteText(comment)}`).join(",\n");

/**
 * Synced at each insert: the sink notes a position as stored once its rows are, and that note must not outlive them
 * when the power goes. Inserts are large and few, so this costs little.
 */
const tableSettings = "fsync_after_insert = 1, fsync_part_directory = 1";

export const createTable = (database: string, table: Table): string =>
  [
    `CREATE TABLE IF NOT EXISTS ${database}.${table.name} (\n${columnLines(table.columns)}\n)`,
    `ENGINE = ${table.engine}`,
    ...(table.partitionBy === undefined ? [] : [`PARTITION BY ${table.partitionBy}`]),
    `ORDER BY (${table.orderBy.join(", ")})`,
    ...(table.ttl === undefined ? [] : [`TTL ${table.ttl}`]),
    `SETTINGS ${tableSettings}`,
    `COMMENT ${quoteText(table.comment)}`,
  ].join("\n");

export const createView = (database: string, view: View): string =>
  `CREATE OR REPLACE VIEW ${database}.${view.name} (\n${columnLines(view.columns)}\n)\nSQL SECURITY INVOKER\nAS ${view.select}\nCOMMENT ${quoteText(view.comment)}`;
