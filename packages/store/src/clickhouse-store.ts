import { Readable } from "node:stream";
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { map, tryCatch } from "fp-ts/lib/TaskEither.js";
import type { EmbeddedServer } from "./embedded/embedded-server.ts";
import { viewDatabase } from "./model/database.ts";
import { type StoreLayout, singleLayout } from "./model/layout.ts";
import { embeddedReaders } from "./readers/embedded-readers.ts";
import { serverReaders } from "./readers/server-readers.ts";
import { rowsIn, rowsOfChunks } from "./row-text.ts";
import type { Cell, QueryOptions, SqlParameters, Store } from "./store.ts";
import { refusal, type StoreFault, unavailable } from "./store-fault.ts";
import type { StoreUser } from "./store-user.ts";

export interface ClickHouseAddress {
  readonly url: string;
  readonly users: Readonly<Record<StoreUser, { readonly name: string; readonly password: string }>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The server itself where it is an embedded one: requests wait while it pauses. */
  readonly embedded?: EmbeddedServer;
  /** One server where not given. */
  readonly layout?: StoreLayout;
  /** After so long without an answer a request is given up: whether it was done is unknown. 120,000 where not given. */
  readonly requestTimeoutMs?: number;
}

const requestTimeoutMs = 120_000;

/** The engine's own batches are large and may come twice: ClickHouse neither gathers nor drops any of them. */
const singleSettings = { async_insert: 0, optimize_on_insert: 0, wait_end_of_query: 1 } as const;

/**
 * On a cluster an insert is answered when it lies on its shards, on most replicas of each: a position that is noted
 * afterwards does not outlive its rows. Replicas would drop a repeated block, and then not feed the tables behind it.
 */
const clusterSettings = {
  ...singleSettings,
  distributed_foreground_insert: 1,
  insert_quorum: "auto",
  insert_deduplicate: 0,
  distributed_ddl_task_timeout: 60,
} as const;

const syntaxErrorCode = 62;

/** The client takes the first word of capitals in brackets for the error's name: also the one that the parser stopped at. */
const namedMessage = ({ code, type = "UNKNOWN", message }: ClickHouseError): [name: string, message: string] =>
  Number(code) === syntaxErrorCode && type !== "SYNTAX_ERROR"
    ? ["SYNTAX_ERROR", `${message.trimEnd()} (${type}).`]
    : [type, message];

const faultOf =
  (user: StoreUser) =>
  (cause: unknown): StoreFault =>
    cause instanceof ClickHouseError ? refusal(Number(cause.code), ...namedMessage(cause), user) : unavailable(cause);

const clientOf = (address: ClickHouseAddress, user: StoreUser): ClickHouseClient =>
  createClient({
    url: address.url,
    username: address.users[user].name,
    password: address.users[user].password,
    ...(user === "analyst" ? { database: viewDatabase } : {}),
    application: "leadwire",
    request_timeout: address.requestTimeoutMs ?? requestTimeoutMs,
    max_open_connections: 16,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    // Faults are returned; the client would print each of them as well.
    log: { level: ClickHouseLogLevel.OFF },
    http_headers: { ...address.headers },
    // An analyst's profile is readonly: a setting in the request would be refused.
    clickhouse_settings:
      user === "analyst"
        ? { wait_end_of_query: 1 }
        : address.layout?._tag === "cluster"
          ? clusterSettings
          : singleSettings,
  });

/** The format goes into the address like a setting: there it decides only where the statement names none. */
const settingsOf = (options: QueryOptions): Record<string, string | number> =>
  options.format === undefined ? { ...options.settings } : { ...options.settings, default_format: options.format };

const chunksOf = async (stream: AsyncIterable<Buffer>): Promise<ReadonlyArray<Buffer>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};

const collect = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => Buffer.concat(await chunksOf(stream));

const quoted: Readonly<Record<string, number>> = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_denormals: 1,
};

const asRows = (options: Omit<QueryOptions, "format">): QueryOptions => ({
  ...options,
  format: "JSONCompactEachRow",
  settings: options.as === "analyst" ? {} : { ...quoted, ...options.settings },
});

/** Does something with the server, once it does not pause and so that it does not. */
const heldOff =
  (embedded: EmbeddedServer | undefined) =>
  async <A>(user: StoreUser, work: () => Promise<A>): Promise<A> => {
    if (embedded === undefined) return work();
    const leave = await embedded.gates[user].enter();
    return work().finally(leave);
  };

/** The one place that speaks to ClickHouse. Nothing is sent until the first statement. */
export const connectStore = (address: ClickHouseAddress): Store => {
  const clients = { engine: clientOf(address, "engine"), analyst: clientOf(address, "analyst") };
  const held = heldOff(address.embedded);

  const asked = <A>(
    sql: string,
    options: QueryOptions,
    take: (stream: AsyncIterable<Buffer>) => Promise<A>,
  ): TaskEither<StoreFault, A> =>
    tryCatch(
      () =>
        held(options.as ?? "engine", async () => {
          const { stream } = await clients[options.as ?? "engine"].exec({
            query: sql,
            clickhouse_settings: settingsOf(options),
            ...(options.parameters === undefined ? {} : { query_params: { ...options.parameters } }),
            ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
          });
          return await take(stream);
        }),
      faultOf(options.as ?? "engine"),
    );
  const query: Store["query"] = (sql, options = {}) => asked(sql, options, collect);

  const store: Omit<Store, "readers"> = {
    layout: address.layout ?? singleLayout,
    query,
    rows: (sql, options = {}) =>
      map((bytes: Buffer): ReadonlyArray<ReadonlyArray<Cell>> => rowsIn(bytes))(query(sql, asRows(options))),
    scan: (sql, options = {}) => map(rowsOfChunks)(asked(sql, asRows(options), chunksOf)),
    command: (sql: string, parameters?: SqlParameters) =>
      tryCatch(
        () =>
          held("engine", async () => {
            await clients.engine.command({
              query: sql,
              ...(parameters === undefined ? {} : { query_params: { ...parameters } }),
            });
          }),
        faultOf("engine"),
      ),
    insertNative: (table, columns, block, signal) =>
      tryCatch(
        () =>
          held("engine", async () => {
            const { stream } = await clients.engine.exec({
              query: `INSERT INTO ${table} (${columns.map((name) => `\`${name}\``).join(", ")}) FORMAT Native`,
              values: Readable.from(block, { objectMode: false }),
              ...(signal === undefined ? {} : { abort_signal: signal }),
            });
            await collect(stream);
          }),
        faultOf("engine"),
      ),
    close: async () => {
      await Promise.all([clients.engine.close(), clients.analyst.close()]);
    },
  };
  const { embedded } = address;
  return {
    ...store,
    readers: embedded === undefined ? serverReaders(address, store) : embeddedReaders(address, embedded, store),
  };
};
