import type { Store } from "@leadwire/store";
import { untilThere, type Waiting } from "../cluster/open-kafka.ts";
import { comesBack, prepareStore, serverStore } from "../cluster/server-store.ts";
import { type EngineStoreOptions, openEngineStore } from "../engine/engine-store.ts";
import { openAlertsPart } from "./alerts-part.ts";
import { openIngestPart } from "./ingest-part.ts";
import { openProcessorPart } from "./processor-part.ts";
import { openQueryPart } from "./query-part.ts";
import type { ServiceName } from "./service-name.ts";
import type { ServicePart, ServiceScope, StoreScope } from "./service-part.ts";
import { openSinkPart, type SinkPartOptions } from "./sink-part.ts";
import { openWallboardPart } from "./wallboard-part.ts";

/** What has been opened so far, to be ended the other way round. */
export type Ends = Array<() => Promise<void>>;

export interface EmbeddedStoreTerms extends Pick<EngineStoreOptions, "passwords"> {
  /** Names this store among those that read the same topics. */
  readonly storeId: string;
}

/** A board that only begins with ClickHouse does not wait longer for one that hangs. */
const boardLoadMsMax = 15_000;

const isWriter = (name: ServiceName): boolean => name === "sink" || name === "query";

/**
 * The store of these services. One of our own is started; one elsewhere is waited for where somebody cannot begin without
 * it: the board can. Undefined once the signal aborts.
 */
const openStore = async (
  names: ReadonlyArray<ServiceName>,
  scope: ServiceScope,
  terms: EmbeddedStoreTerms,
  waiting: Waiting,
  ends: Ends,
): Promise<Store | undefined> => {
  const { deployment, secrets, dataDir, onNotice } = scope;
  const place = deployment.store;
  if (place._tag === "embedded") {
    const opened = await openEngineStore({ place, secrets, dataDir, ...terms, onNotice }, scope);
    if (opened._tag === "Left") throw new Error(opened.left);
    ends.push(opened.right.stop);
    return opened.right.store;
  }
  const waits = names.some(isWriter);
  const store = serverStore(place, secrets, waits ? undefined : boardLoadMsMax);
  ends.push(store.close);
  if (!waits) return store;
  const isReady = await untilThere(() => prepareStore(store, scope).then(() => true), comesBack, waiting);
  return isReady === true ? store : undefined;
};

const openPart = async (name: ServiceName, scope: StoreScope, sink: SinkPartOptions): Promise<ServicePart> => {
  switch (name) {
    case "processor":
      return openProcessorPart(scope);
    case "sink":
      return openSinkPart(scope, sink);
    case "ingest":
      return openIngestPart(scope);
    case "query":
      return openQueryPart(scope);
    case "wallboard":
      return openWallboardPart(scope);
    case "alerts":
      return openAlertsPart(scope);
  }
};

/** Opens services one after another. Those opened before one that fails are ended by `ends` too. */
export const openParts = async (
  names: ReadonlyArray<ServiceName>,
  scope: ServiceScope,
  terms: EmbeddedStoreTerms,
  waiting: Waiting,
  ends: Ends,
): Promise<ReadonlyArray<ServicePart>> => {
  const store = await openStore(names, scope, terms, waiting, ends);
  if (store === undefined) return [];
  const { generation, deployment } = scope;
  // Sinks of one store share its topics; those of another store read all of them too.
  const sinkGroup = `leadwire.sink.${generation}${deployment.store._tag === "embedded" ? `.${terms.storeId}` : ""}`;
  const parts: ServicePart[] = [];
  for (const name of names) {
    if (waiting.signal.aborted) break;
    const part = await openPart(name, { ...scope, store }, { group: sinkGroup, waiting });
    parts.push(part);
    ends.push(part.stop);
  }
  return parts;
};
