import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { engineGrants } from "../model/grants.ts";
import { profileXml, quotaXml } from "../model/readers/limits-xml.ts";
import { allRowsGrants } from "../model/readers/reader-grants.ts";
import { type ReaderLimits, serverReaderLimits } from "../model/readers/reader-limits.ts";
import { readerProfile } from "../model/readers/reader-statements.ts";
import type { RowFilter } from "../model/readers/row-filters.ts";
import { type ReaderUser, sha256 } from "../readers/reader-user.ts";

/**
 * The two XML files an embedded ClickHouse starts from. They hold hashes of the passwords, never the passwords, and
 * only their owner may read them.
 */

export interface ServerPasswords {
  /** Of the user `leadwire`, who makes the tables and writes. */
  readonly admin: string;
  /** Of the user `analyst`, who may read. */
  readonly analyst: string;
}

export interface ServerLimits {
  readonly memoryBytes: number;
  readonly threads: number;
  readonly reader: ReaderLimits;
}

/** A server that shares a small machine with the engine. */
export const defaultLimits: ServerLimits = {
  memoryBytes: 1_000_000_000,
  threads: 2,
  reader: {
    ...serverReaderLimits,
    memoryBytes: 500_000_000,
    threads: 2,
    resultBytes: 1_000_000_000,
    readRows: 5_000_000_000,
    readBytes: 200_000_000_000,
  },
};

export interface ServerFiles {
  readonly config: string;
  readonly users: string;
  readonly data: string;
  readonly log: string;
}

/** Where the files of a server in `directory` stand. */
export const serverFiles = (directory: string): ServerFiles => ({
  config: join(directory, "config.xml"),
  users: join(directory, "users.xml"),
  data: join(directory, "data"),
  log: join(directory, "clickhouse.log"),
});

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * Every request to an embedded server carries this header, or the server knows no address: no other program of the
 * machine can come in as the password-less `default` (see usersXml), or ask as anybody else.
 */
export const doorHeader = "X-Leadwire-Door";
export const doorSecret = (passwords: ServerPasswords): string => sha256(`door ${passwords.admin}`);

/** Small caches and pools: the server's own defaults are made for a machine of its own. */
export const configXml = (
  files: ServerFiles,
  passwords: ServerPasswords,
  limits: ServerLimits,
  shardXml = "",
): string => `<clickhouse>${shardXml}
  <users_config>${escapeXml(files.users)}</users_config>
  <user_directories><users_xml><path>${escapeXml(files.users)}</path></users_xml></user_directories>
  <display_name>leadwire</display_name>
  <access_control_improvements>
    <select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
    <select_from_information_schema_requires_grant>true</select_from_information_schema_requires_grant>
    <settings_constraints_replace_previous>true</settings_constraints_replace_previous>
  </access_control_improvements>
  <max_server_memory_usage>${limits.memoryBytes}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <index_mark_cache_size>8388608</index_mark_cache_size>
  <query_cache><max_size_in_bytes>0</max_size_in_bytes></query_cache>
  <background_pool_size>${limits.threads}</background_pool_size>
  <background_schedule_pool_size>8</background_schedule_pool_size>
  <background_move_pool_size>1</background_move_pool_size>
  <background_fetches_pool_size>1</background_fetches_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <merge_tree><number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation><number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge><number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition></merge_tree>
  <http_handlers>
    <rule>
      <headers><${doorHeader}>${doorSecret(passwords)}</${doorHeader}></headers>
      <handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler>
    </rule>
  </http_handlers>
  <logger><size>5M</size><count>1</count><console>0</console></logger>
</clickhouse>
`;

const grantsXml = (grants: ReadonlyArray<string>): string =>
  grants.map((grant) => `        <query>${grant}</query>`).join("\n");

/** Tables by database: an element each. */
const filtersXml = (filters: ReadonlyArray<RowFilter>): string => {
  const byDatabase = Map.groupBy(filters, ({ database }) => database);
  return [...byDatabase]
    .map(([database, tables]) => {
      const lines = tables.map(
        ({ table, condition }) => `<${table}><filter>${escapeXml(condition)}</filter></${table}>`,
      );
      return `<${database}>${lines.join("")}</${database}>`;
    })
    .join("");
};

const readerXml = ({ name, password, grants, filters }: ReaderUser): string => `    <${name}>
      <password_sha256_hex>${sha256(password)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>${readerProfile}</profile><quota>${name}</quota>
      <grants>
${grantsXml(grants)}
      </grants>
      <databases>${filtersXml(filters)}</databases>
    </${name}>
`;

/**
 * The server's users. The session that opens the listener logs in as `default`, from 127.0.0.1 and without a password;
 * neither can be changed, nor taken back once it runs. So `default` may only do what that session does, and its quota
 * ends with that session's two queries: whoever else comes as `default` is refused.
 */
export const usersXml = (
  passwords: ServerPasswords,
  limits: ServerLimits,
  readers: ReadonlyArray<ReaderUser> = [],
): string => `<clickhouse>
  <profiles>
    <default>
      <async_insert>0</async_insert>
      <max_threads>${limits.threads}</max_threads>
      <max_insert_threads>1</max_insert_threads>
      <log_queries>0</log_queries>
    </default>
    <${readerProfile}>
${profileXml(limits.reader)}
    </${readerProfile}>
  </profiles>
  <quotas>
    <default/>
    <starter><interval><duration>2000000000</duration><queries>2</queries></interval></starter>
${["analyst", ...readers.map(({ name }) => name)].map((name) => quotaXml(name, limits.reader)).join("")}  </quotas>
  <users>
    <default>
      <no_password/>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile><quota>starter</quota>
      <grants><query>GRANT SYSTEM LISTEN ON *.*</query><query>GRANT SELECT ON system.numbers</query></grants>
    </default>
    <leadwire>
      <password_sha256_hex>${sha256(passwords.admin)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile><quota>default</quota>
      <grants>
${grantsXml(engineGrants)}
      </grants>
    </leadwire>
    <analyst>
      <password_sha256_hex>${sha256(passwords.analyst)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>${readerProfile}</profile><quota>analyst</quota>
      <grants>
${grantsXml(allRowsGrants)}
      </grants>
    </analyst>
${readers.map(readerXml).join("")}  </users>
</clickhouse>
`;

/** Replaces a file as a whole, readable by its owner only. */
const writeSecret = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
};

/** Writes the server's configuration and users; passwords stand hashed. */
export const writeServerFiles = async (
  directory: string,
  passwords: ServerPasswords,
  limits: ServerLimits,
  readers: ReadonlyArray<ReaderUser>,
  shardXml?: string,
): Promise<void> => {
  const files = serverFiles(directory);
  await mkdir(files.data, { recursive: true, mode: 0o700 });
  await writeSecret(files.config, configXml(files, passwords, limits, shardXml));
  await writeSecret(files.users, usersXml(passwords, limits, readers));
};
