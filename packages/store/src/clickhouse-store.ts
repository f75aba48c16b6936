import { Readable } from "node:stream";
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { map, tryCatch } from "fp-ts/lib/TaskEither.js";
import { viewDatabase } from "./model/database.ts";
import type { Cell, QueryOptions, SqlParameters, Store, StoreUser } from "./store.ts";
import { refusal, type StoreFault, unavailable } from "./store-fault.ts";

export interface ClickHouseAddress {
  readonly url: string;
  readonly users: Readonly<Record<StoreUser, { readonly name: string; readonly password: string }>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const requestTimeoutMs = 120_000;

const faultOf = (cause: unknown): StoreFault =>
  cause instanceof ClickHouseError
    ? refusal(Number(cause.code), cause.type ?? "UNKNOWN", cause.message)
    : unavailable(cause);

const clientOf = (address: ClickHouseAddress, user: StoreUser): ClickHouseClient =>
  createClient({
    url: address.url,
    username: address.users[user].name,
    password: address.users[user].password,
    ...(user === "analyst" ? { database: viewDatabase } : {}),
    application: "leadwire",
    request_timeout: requestTimeoutMs,
    max_open_connections: 16,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    // Faults are returned; the client would print each of them as well.
    log: { level: ClickHouseLogLevel.OFF },
    http_headers: { ...address.headers },
    // An analyst's profile is readonly: a setting in the request would be refused.
    clickhouse_settings:
      user === "engine" ? { async_insert: 0, optimize_on_insert: 0, wait_end_of_query: 1 } : { wait_end_of_query: 1 },
  });

/** The format goes into the address like a setting: there it decides only where the statement names none. */
const settingsOf = (options: QueryOptions): Record<string, string | number> =>
  options.format === undefined ? { ...options.settings } : { ...options.settings, default_format: options.format };

const collect = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const rowsOf = (bytes: Buffer): ReadonlyArray<ReadonlyArray<Cell>> => {
  const text = bytes.toString("utf8").trimEnd();
  return text === "" ? [] : (JSON.parse(`[${text.replaceAll("\n", ",")}]`) as ReadonlyArray<ReadonlyArray<Cell>>);
};

const quoted: Readonly<Record<string, number>> = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_denormals: 1,
};

/** The one place that speaks to ClickHouse. Nothing is sent until the first statement. */
export const connectStore = (address: ClickHouseAddress): Store => {
  const clients = { engine: clientOf(address, "engine"), analyst: clientOf(address, "analyst") };

  const query = (sql: string, options: QueryOptions = {}): TaskEither<StoreFault, Buffer> =>
    tryCatch(async () => {
      const { stream } = await clients[options.as ?? "engine"].exec({
        query: sql,
        clickhouse_settings: settingsOf(options),
        ...(options.parameters === undefined ? {} : { query_params: { ...options.parameters } }),
        ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
      });
      return await collect(stream);
    }, faultOf);

  return {
    query,
    rows: (sql, options = {}) =>
      map(rowsOf)(
        query(sql, {
          ...options,
          format: "JSONCompactEachRow",
          settings: options.as === "analyst" ? {} : { ...quoted, ...options.settings },
        }),
      ),
    command: (sql: string, parameters?: SqlParameters) =>
      tryCatch(async () => {
        await clients.engine.command({
          query: sql,
          ...(parameters === undefined ? {} : { query_params: { ...parameters } }),
        });
      }, faultOf),
    insertNative: (table, columns, block) =>
      tryCatch(async () => {
        const { stream } = await clients.engine.exec({
          query: `INSERT INTO ${table} (${columns.map((name) => `\`${name}\``).join(", ")}) FORMAT Native`,
          values: Readable.from(block, { objectMode: false }),
        });
        await collect(stream);
      }, faultOf),
    close: async () => {
      await Promise.all([clients.engine.close(), clients.analyst.close()]);
    },
  };
};
