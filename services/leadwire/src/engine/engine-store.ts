import { join } from "node:path";
import { faultText, openEmbeddedStore, type Store, StoreError } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { prepareStore, type Served, serverStore } from "../cluster/server-store.ts";
import type { Secrets } from "../config.ts";
import type { ClickHousePlace, Embedded } from "../deployment/deployment.ts";

export interface EngineStoreOptions {
  readonly place: Embedded | ClickHousePlace;
  readonly secrets: Secrets;
  readonly dataDir: string;
  /** Of an embedded server, new at each start. */
  readonly passwords: { readonly admin: string; readonly analyst: string };
  /** A `clickhouse` program to run instead of the library from npm. */
  readonly binary?: string;
  readonly onNotice: (text: string) => void;
}

/** A store whose tables and views are up to date. */
export interface EngineStore {
  readonly store: Store;
  readonly stop: () => Promise<void>;
}

const embedded = async (options: EngineStoreOptions): Promise<Either<string, EngineStore>> => {
  const { dataDir, passwords, binary, onNotice } = options;
  const opened = await openEmbeddedStore({
    directory: join(dataDir, "clickhouse"),
    passwords,
    ...(binary === undefined ? {} : { binary }),
    onChange: (state, detail) => onNotice(state === "died" ? `ClickHouse stopped: ${detail}` : "ClickHouse is back"),
  });
  return isLeft(opened) ? left(`ClickHouse did not start: ${opened.left.detail}`) : right(opened.right);
};

const given = (place: ClickHousePlace, secrets: Secrets): EngineStore => {
  const store = serverStore(place, secrets);
  return { store, stop: store.close };
};

/** Opens the store of a process and serves a generation there; Left says why it could not be. */
export const openEngineStore = async (
  options: EngineStoreOptions,
  served: Served,
): Promise<Either<string, EngineStore>> => {
  const { place, secrets } = options;
  const opened = place._tag === "embedded" ? await embedded(options) : right(given(place, secrets));
  if (isLeft(opened)) return opened;
  try {
    // A store of this process's own is asked in SQL through this process, which makes them before it does.
    await prepareStore(opened.right.store, place._tag === "embedded" ? { ...served, metricsLater: true } : served);
    return opened;
  } catch (fault) {
    await opened.right.stop();
    if (!(fault instanceof StoreError)) throw fault;
    return left(`ClickHouse does not have its tables: ${faultText(fault.fault)}`);
  }
};
