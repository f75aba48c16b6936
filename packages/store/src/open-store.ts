import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { connectStore } from "./clickhouse-store.ts";
import {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  type LaunchFault,
  startEmbeddedServer,
} from "./embedded/embedded-server.ts";
import { doorHeader, doorSecret } from "./embedded/server-files.ts";
import { migrate } from "./migrations/migrate.ts";
import type { Store } from "./store.ts";
import { faultText } from "./store-fault.ts";

export interface EmbeddedStore {
  readonly store: Store;
  readonly server: EmbeddedServer;
  /** Closes the connections and ends the server. */
  readonly stop: () => Promise<void>;
}

/** Starts an embedded ClickHouse with its tables up to date. */
export const openEmbeddedStore = async (
  options: EmbeddedServerOptions,
): Promise<Either<LaunchFault, EmbeddedStore>> => {
  const started = await startEmbeddedServer(options);
  if (isLeft(started)) return started;
  const server = started.right;
  const store = connectStore({
    url: server.url,
    users: {
      engine: { name: "leadwire", password: server.passwords.admin },
      analyst: { name: "analyst", password: server.passwords.analyst },
    },
    headers: { [doorHeader]: doorSecret(server.passwords) },
    embedded: server,
  });
  const stop = async (): Promise<void> => {
    await store.close();
    await server.stop();
  };
  const migrated = await migrate(store)();
  if (isLeft(migrated)) {
    await stop();
    return left({ _tag: "NotStarted", detail: faultText(migrated.left) });
  }
  return right({ store, server, stop });
};
