import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import {
  type BreakableClickHouse,
  startBreakableClickHouse,
  startClickHouse,
} from "../../../../infra/clickhouse/clickhouse-for-tests.ts";
import type { TestClickHouse } from "../../../../infra/clickhouse/test-clickhouse.ts";
import { type ClickHouseAddress, connectStore } from "../clickhouse-store.ts";
import { createGeneration, migrate, serveGeneration } from "../migrations/migrate.ts";
import { generationDatabase, logDatabase, viewDatabase } from "../model/database.ts";
import type { Store } from "../store.ts";
import { StoreError, type StoreFault } from "../store-fault.ts";

export const testGeneration = "0a1b2c";

export interface TemporaryStore {
  readonly store: Store;
  /** For connections of a test's own. */
  readonly address: ClickHouseAddress;
  /** Empties every table. */
  readonly truncate: () => Promise<void>;
  /** Ends a server of our own and removes its data; takes our databases from a given one. */
  readonly dispose: () => Promise<void>;
}

/** A store whose server a test may kill. */
export interface BreakableStore extends TemporaryStore {
  readonly server: BreakableClickHouse["server"];
  readonly directory: string;
}

const done = async (task: TaskEither<StoreFault, void>): Promise<void> => {
  const outcome = await task();
  if (isLeft(outcome)) throw new StoreError(outcome.left);
};

const dropAll = async (store: Store): Promise<void> => {
  for (const database of [viewDatabase, logDatabase, generationDatabase(testGeneration)]) {
    await done(store.command(`DROP DATABASE IF EXISTS ${database} SYNC`));
  }
};

const serve = async (clickHouse: TestClickHouse, timeZone: string): Promise<TemporaryStore> => {
  const store = connectStore(clickHouse.address);
  // What another test left when it was killed.
  if (clickHouse.isGiven) await dropAll(store);
  await done(migrate(store));
  await done(createGeneration(store, testGeneration));
  await done(serveGeneration(store, testGeneration, timeZone));
  return {
    store,
    address: clickHouse.address,
    truncate: async () => {
      for (const database of [logDatabase, generationDatabase(testGeneration)]) {
        await done(store.command(`TRUNCATE ALL TABLES FROM ${database}`));
      }
    },
    dispose: async () => {
      if (clickHouse.isGiven) await dropAll(store);
      await store.close();
      await clickHouse.stop();
    },
  };
};

/** The ClickHouse of the tests (infra/clickhouse), with a generation served; rejects where there is none. */
export const openTemporaryStore = async (timeZone = "UTC"): Promise<TemporaryStore> =>
  serve(await startClickHouse(), timeZone);

/** As openTemporaryStore, always on a server of our own. */
export const openBreakableStore = async (timeZone = "UTC"): Promise<BreakableStore> => {
  const clickHouse = await startBreakableClickHouse();
  const { server, directory } = clickHouse;
  return { ...(await serve(clickHouse, timeZone)), server, directory };
};
