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
  /** Decides the shard of a cluster: made of the key, so that all versions of one key lie on one shard. */
  readonly shardBy: ReadonlyArray<string>;
  readonly ttl?: string;
  /** Columns whose least and greatest value is kept for every granule, so that a range of them skips the others. */
  readonly ranges?: ReadonlyArray<string>;
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

/** A table's or view's columns, one a line, with their comments. */
export const columnLines = (columns: ReadonlyArray<Column>): string =>
  columns.map(({ name, type, comment }) => `  \`${name}\` ${type} COMMENT ${quoteText(comment)}`).join(",\n");
