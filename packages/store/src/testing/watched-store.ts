import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isLeft } from "fp-ts/lib/Either.js";
import { freePort } from "../../../../infra/java/free-port.ts";
import { connectStore } from "../clickhouse-store.ts";
import { engineFile } from "../embedded/engine-file.ts";
import { startServerChild } from "../embedded/server-child.ts";
import { serverFiles } from "../embedded/server-files.ts";
import { createGeneration, migrate, serveGeneration } from "../migrations/migrate.ts";
import type { Cell, Store } from "../store.ts";
import { StoreError } from "../store-fault.ts";
import { testGeneration } from "./temporary-store.ts";

/** A store whose users may do everything, and whose ClickHouse writes down what each statement touched. */
export interface WatchedStore {
  readonly store: Store;
  /** Columns of system.query_log, of all statements that have ended. */
  readonly logged: (columns: ReadonlyArray<string>) => Promise<ReadonlyArray<ReadonlyArray<Cell>>>;
  readonly dispose: () => Promise<void>;
}

const user = "<no_password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>";

const usersXml = `<clickhouse>
  <profiles><default><log_queries>1</log_queries><max_threads>2</max_threads></default></profiles>
  <quotas><default/></quotas>
  <users><default>${user}</default><leadwire>${user}</leadwire><analyst>${user}</analyst></users>
</clickhouse>`;

const configXml = (usersPath: string): string => `<clickhouse>
  <users_config>${usersPath}</users_config>
  <user_directories><users_xml><path>${usersPath}</path></users_xml></user_directories>
  <query_log><database>system</database><table>query_log</table></query_log>
  <http_handlers><rule><handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler></rule></http_handlers>
</clickhouse>`;

const attempts = 500;
const pollMs = 20;

const opened = async (store: Store): Promise<void> => {
  for (let attempt = 1; isLeft(await store.rows("SELECT 1")()); attempt += 1) {
    if (attempt === attempts) throw new Error("the watched ClickHouse did not answer");
    await sleep(pollMs);
  }
};

/** Starts an embedded server without walls, with a generation served. */
export const openWatchedStore = async (): Promise<WatchedStore> => {
  const engine = engineFile();
  if (engine === undefined) throw new Error("there is no embedded ClickHouse for this machine");
  const directory = await mkdtemp(join(tmpdir(), "leadwire-watched-"));
  const files = serverFiles(directory);
  await mkdir(files.data);
  await writeFile(files.users, usersXml);
  await writeFile(files.config, configXml(files.users));
  const port = await freePort();
  const child = startServerChild(engine, files, port);
  const nobody = { name: "leadwire", password: "" };
  const store = connectStore({
    url: `http://127.0.0.1:${port}`,
    users: { engine: nobody, analyst: { ...nobody, name: "analyst" } },
  });
  await opened(store);
  const steps = [
    migrate(store),
    createGeneration(store, testGeneration),
    serveGeneration(store, testGeneration, "UTC"),
  ];
  for (const step of steps) {
    const outcome = await step();
    if (isLeft(outcome)) throw new StoreError(outcome.left);
  }
  return {
    store,
    logged: async (columns) => {
      const sql = `SELECT ${columns.join(", ")} FROM system.query_log WHERE type != 'QueryStart'`;
      const flushed = await store.command("SYSTEM FLUSH LOGS")();
      if (isLeft(flushed)) throw new StoreError(flushed.left);
      const rows = await store.rows(sql)();
      if (isLeft(rows)) throw new StoreError(rows.left);
      return rows.right;
    },
    dispose: async () => {
      await store.close();
      child.kill();
      await child.ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
};
