import { type Column, column, type Table } from "./table.ts";

const count = (name: string, comment: string): Column => column(name, "Int64", comment);

/** What a task counts of the records of one source within one backfill. */
export const ledgerCountColumns: ReadonlyArray<Column> = [
  count("applied", "Records that count"),
  count("duplicate", "Records whose event was there already"),
  count("quarantined", "Records put aside"),
  count("superseded", "Of the applied: revisions below the one that counts"),
  count("conflict", "Of the duplicates: same id and revision with other content"),
  count("forwarded", "Records that lay in a wrong place and were sent on to theirs; counted there"),
  column("reasons", "Map(String, UInt64)", "The quarantined by reason"),
];

export const ledgerKeyColumns: ReadonlyArray<Column> = [
  column("topic", "LowCardinality(String)", "Topic that the task reads"),
  column("partition", "Int32", "Partition that the task reads"),
  column("position", "Int64", "First offset that is not counted yet; the highest counts"),
  column("source_system", "LowCardinality(String)", "System that produced the records; empty where unknown"),
  column("backfill", "String", "The import or replay that brought them; empty for live ones"),
];

/** Absolute counts of each task: a task tells all its sources at once, so that a repeat or a late word changes nothing. */
export const ledgerTable: Table = {
  name: "ledger",
  comment: "What became of the records that each task has read",
  columns: [...ledgerKeyColumns, ...ledgerCountColumns],
  engine: "ReplacingMergeTree(position)",
  orderBy: ["topic", "partition", "source_system", "backfill"],
  shardBy: ["topic", "partition"],
};
