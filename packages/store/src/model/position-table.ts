import { column, type Table } from "./table.ts";

/** How far the sink has come; written after the rows, so that all before it are stored. */
export const positionsTable: Table = {
  name: "positions",
  comment: "Up to where each partition of a topic is stored here",
  columns: [
    column("topic", "LowCardinality(String)", "Topic"),
    column("partition", "Int32", "Partition"),
    column("next_offset", "Int64", "First offset that is not stored yet"),
    column("append_time", "DateTime64(3, 'UTC')", "Append time of the last record stored (UTC)"),
  ],
  engine: "ReplacingMergeTree(next_offset)",
  orderBy: ["topic", "partition"],
  shardBy: ["topic", "partition"],
};
