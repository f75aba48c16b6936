import { alertTables } from "./alert-tables.ts";

/**
 * What each of our users may do, for the embedded server's users and for infra/clickhouse/users.sql alike: what the tests
 * run with is what a given server needs.
 */

/** Makes the tables, writes and reads them; nothing of anybody else's. */
export const engineGrants: ReadonlyArray<string> = [
  "GRANT ALL ON leadwire.*",
  "GRANT ALL ON leadwire_log.*",
  "GRANT ALL ON leadwire_g_*.*",
  // Asked for where table_engines_require_grant is on.
  ...["Atomic", "ReplacingMergeTree", "ReplicatedReplacingMergeTree", "Distributed"].map(
    (engine) => `GRANT TABLE ENGINE ON ${engine}`,
  ),
  // Counting parts.
  "GRANT SELECT ON system.parts",
  // Making tables on every server of a cluster, and looking at all its replicas.
  "GRANT CLUSTER ON *.*",
  "GRANT REMOTE ON *.*",
];

/** The views run with the invoker's rights, so that row policies on the tables can hold for every way in. */
export const analystGrants: ReadonlyArray<string> = [
  "GRANT SELECT ON leadwire.*",
  "GRANT SELECT ON leadwire_g_*.*",
  // Also each server's own part of them, on a cluster.
  ...["", "_local"].flatMap((part) => [
    `GRANT SELECT ON leadwire_log.events${part}`,
    `GRANT SELECT ON leadwire_log.events_latest${part}`,
    ...alertTables.map(({ name }) => `GRANT SELECT ON leadwire_log.${name}${part}`),
    // Which records the view `events` leaves out; not their bytes.
    `GRANT SELECT(origin, partition, position) ON leadwire_log.quarantine${part}`,
  ]),
];
