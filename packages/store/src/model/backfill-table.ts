import { column, type Table } from "./table.ts";

/**
 * Which records of the log came with a backfill id (an import, a replay), as runs of offsets: an import of a million rows
 * is a few rows here, and records without one cost nothing. Runs may overlap where a batch was stored twice.
 */
export const backfillsTable: Table = {
  name: "backfills",
  comment: "Runs of records that carry a backfill id",
  columns: [
    column("topic", "LowCardinality(String)", "Topic of the records"),
    column("partition", "Int32", "Partition of the records"),
    column("first_offset", "Int64", "First offset of the run"),
    column("last_offset", "Int64", "Last offset of the run, included"),
    column("backfill", "String", "The backfill id of all records of the run"),
  ],
  engine: "ReplacingMergeTree(last_offset)",
  orderBy: ["topic", "partition", "first_offset", "backfill"],
  shardBy: ["topic", "partition"],
};
