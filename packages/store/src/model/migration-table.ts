import { column, type Table } from "./table.ts";

export const migrationsTable: Table = {
  name: "migrations",
  comment: "The migrations that this store has had",
  columns: [column("number", "UInt32", "Number of the migration"), column("name", "String", "What it makes")],
  engine: "ReplacingMergeTree",
  orderBy: ["number"],
  shardBy: ["number"],
};
