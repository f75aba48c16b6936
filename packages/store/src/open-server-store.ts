import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { connectStore } from "./clickhouse-store.ts";
import { migrate } from "./migrations/migrate.ts";
import { clusterLayout, singleLayout } from "./model/layout.ts";
import { type RetryPolicy, retryUnavailable } from "./retry.ts";
import type { Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";

export interface ServerStoreOptions extends Pick<RetryPolicy, "signal" | "onWait"> {
  /** Of ClickHouse's HTTP interface. */
  readonly url: string;
  /** Makes the tables and writes: see infra/clickhouse/users.sql for what it needs. */
  readonly user: string;
  readonly password: string;
  /** Runs people's SQL. Without one nothing can be asked as the analyst. */
  readonly analyst?: { readonly name: string; readonly password: string };
  /** The name of a cluster in the server's `remote_servers`: tables are made on all its servers. */
  readonly cluster?: string;
  /** After so long without an answer a request is given up. */
  readonly requestTimeoutMs?: number;
}

/** Speaks to a given server or cluster; nothing is sent until the first statement. Throws on a name that is no cluster's. */
export const serverStore = (options: ServerStoreOptions): Store => {
  const { url, user, password, analyst = { name: "analyst", password: "" }, cluster, requestTimeoutMs } = options;
  return connectStore({
    url,
    users: { engine: { name: user, password }, analyst },
    layout: cluster === undefined ? singleLayout : clusterLayout(cluster),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  });
};

/**
 * A given ClickHouse with its tables up to date. Waits for one that is away, until the signal aborts; several services
 * may open it at once.
 */
export const openStore =
  (options: ServerStoreOptions): TaskEither<StoreFault, Store> =>
  async (): Promise<Either<StoreFault, Store>> => {
    const { signal, onWait } = options;
    const store = serverStore(options);
    const policy: RetryPolicy = {
      firstWaitMs: 100,
      waitMsMax: 5_000,
      ...(signal === undefined ? {} : { signal }),
      ...(onWait === undefined ? {} : { onWait }),
    };
    const migrated = await retryUnavailable(policy)(migrate(store))();
    if (isLeft(migrated)) {
      await store.close();
      return migrated;
    }
    return right(store);
  };
