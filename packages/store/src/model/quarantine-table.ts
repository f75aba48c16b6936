import { column, type Table } from "./table.ts";

/** Records that could not be used. The original bytes may hold personal data: analysts have no grant on this table. */
export const quarantineTable: Table = {
  name: "quarantine",
  comment: "One row for each record in quarantine",
  columns: [
    column("id", "String", "Id of the quarantined record"),
    column("source_system", "LowCardinality(String)", "System that produced it, as far as known"),
    column("origin", "String", "The imported file, or the topic"),
    column("partition", "Nullable(Int32)", "Partition, for a record of a topic"),
    column("position", "Int64", "Line of the file, or offset in the partition"),
    column("reason", "LowCardinality(String)", "Why, from the closed list of reasons"),
    column("detail", "String", "The field, what was found and what was expected"),
    column("bytes", "String", "The original bytes"),
    column("appended_at", "Nullable(DateTime64(3, 'UTC'))", "When the log took the record in (UTC)"),
    column("append_time", "DateTime64(3, 'UTC')", "When it went into quarantine (UTC)"),
  ],
  engine: "ReplacingMergeTree",
  orderBy: ["id"],
  shardBy: ["id"],
};
