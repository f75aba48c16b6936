/** Readers are users of their own; the engine can make, change and drop no others, and policies on our tables only. */
const makingReaders: ReadonlyArray<string> = [
  "GRANT CREATE USER, ALTER USER, DROP USER ON leadwire_reader_*",
  ...["leadwire_log", "leadwire_g_*"].map(
    (database) => `GRANT CREATE ROW POLICY, ALTER ROW POLICY, DROP ROW POLICY ON ${database}.*`,
  ),
  "GRANT CREATE QUOTA, ALTER QUOTA, SHOW USERS, SHOW ROW POLICIES ON *.*",
  "GRANT SELECT(name) ON system.users",
  "GRANT SELECT(short_name, database, table) ON system.row_policies",
  ...["information_schema.*", "INFORMATION_SCHEMA.*", "system.numbers", "system.parts"].map(
    (tables) => `GRANT SELECT ON ${tables} WITH GRANT OPTION`,
  ),
];

/**
 * What the engine's own user may do, on the embedded server and in infra/clickhouse/users.sql alike: what the tests run
 * with is what a given server needs. It makes the tables, writes and reads them; nothing of anybody else's.
 */
export const engineGrants: ReadonlyArray<string> = [
  // Handed on to readers, as far as they may read.
  "GRANT ALL ON leadwire.* WITH GRANT OPTION",
  "GRANT ALL ON leadwire_log.* WITH GRANT OPTION",
  "GRANT ALL ON leadwire_g_*.* WITH GRANT OPTION",
  // Asked for where table_engines_require_grant is on.
  ...["Atomic", "ReplacingMergeTree", "ReplicatedReplacingMergeTree", "Distributed"].map(
    (engine) => `GRANT TABLE ENGINE ON ${engine}`,
  ),
  // Making tables on every server of a cluster, and looking at all its replicas.
  "GRANT CLUSTER ON *.*",
  "GRANT REMOTE ON *.*",
  ...makingReaders,
];
