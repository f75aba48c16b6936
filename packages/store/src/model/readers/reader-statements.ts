import { onCluster, type StoreLayout } from "../layout.ts";
import { quotaSql } from "./limits-sql.ts";
import { serverReaderLimits } from "./reader-limits.ts";
import type { RowFilter } from "./row-filters.ts";

/** The profile that holds readers to reading and to their limits, made by an administrator (users.sql). */
export const readerProfile = "leadwire_analyst";
/** The quota of all readers, each counted alone. */
const readerQuota = "leadwire_readers";

/** What a reader is on a server: a user, their rows, their grants. */
export interface ReaderTerms {
  readonly name: string;
  readonly passwordSha256: string;
  /** Statements without their TO. */
  readonly grants: ReadonlyArray<string>;
  readonly filters: ReadonlyArray<RowFilter>;
}

const quoted = (name: string): string => `\`${name}\``;

/** On one server there are no tables for a server's own part. */
const isThere =
  (layout: StoreLayout) =>
  (text: string): boolean =>
    layout._tag === "cluster" || !/_local\b/.test(text);

const grantTo = (layout: StoreLayout, grant: string, user: string): string =>
  grant.startsWith("REVOKE")
    ? `${grant.replace(/^REVOKE/, `REVOKE${onCluster(layout)}`)} FROM ${quoted(user)}`
    : `${grant.replace(/^GRANT/, `GRANT${onCluster(layout)}`)} TO ${quoted(user)}`;

/**
 * Makes a reader. 1. A user who may do nothing; 2. what they see of each table; 3. what they may read: after any of
 * these statements they have no more rights than meant. Each may run again and then changes nothing.
 */
export const makeReader = (layout: StoreLayout, { name, passwordSha256, grants, filters }: ReaderTerms) => {
  const on = onCluster(layout);
  const identified = `IDENTIFIED WITH sha256_hash BY '${passwordSha256}' HOST ANY SETTINGS PROFILE '${readerProfile}'`;
  return [
    `CREATE USER IF NOT EXISTS ${quoted(name)}${on} ${identified}`,
    // The engine's own password may have changed, and theirs with it.
    `ALTER USER ${quoted(name)}${on} ${identified}`,
    ...filters
      .filter(({ table }) => isThere(layout)(table))
      .map(
        ({ database, table, condition }) =>
          `CREATE ROW POLICY OR REPLACE ${quoted(name)}${on} ON ${database}.${table} USING ${condition} AS PERMISSIVE TO ${quoted(name)}`,
      ),
    ...grants.filter(isThere(layout)).map((grant) => grantTo(layout, grant, name)),
  ];
};

/** A row policy as ClickHouse lists it. */
export interface KnownPolicy {
  readonly name: string;
  readonly database: string;
  readonly table: string;
}

/** Takes a reader away: the user first, since a user without policies would see all rows. */
export const dropReader = (layout: StoreLayout, name: string): string =>
  `DROP USER IF EXISTS ${quoted(name)}${onCluster(layout)}`;

export const dropPolicy = (layout: StoreLayout, { name, database, table }: KnownPolicy): string =>
  `DROP ROW POLICY IF EXISTS ${quoted(name)}${onCluster(layout)} ON ${quoted(database)}.${quoted(table)}`;

/** Holds all readers to their hourly quota. */
export const quotaStatements = (layout: StoreLayout, users: ReadonlyArray<string>): ReadonlyArray<string> => {
  const on = onCluster(layout);
  return [
    `CREATE QUOTA IF NOT EXISTS ${readerQuota}${on} ${quotaSql(serverReaderLimits)}`,
    `ALTER QUOTA ${readerQuota}${on} TO ${users.length === 0 ? "NONE" : users.map(quoted).join(", ")}`,
  ];
};
