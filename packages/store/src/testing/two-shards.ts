import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { freePort } from "../../../../infra/java/free-port.ts";
import { connectStore } from "../clickhouse-store.ts";
import { type EmbeddedServer, startEmbeddedServer } from "../embedded/embedded-server.ts";
import { doorHeader, doorSecret } from "../embedded/server-files.ts";
import { clusterLayout, type StoreLayout } from "../model/layout.ts";
import type { Store } from "../store.ts";

const cluster = "shards";
const passwords = { admin: "admin-word", analyst: "analyst-word" };

export interface TwoShards {
  /** Speaks to the first server, with the cluster's layout. */
  readonly store: Store;
  /** Each server by itself. */
  readonly nodes: ReadonlyArray<Store>;
  readonly dispose: () => Promise<void>;
}

const shardXml = (number: number, tcpPorts: ReadonlyArray<number>): string => `
  <macros><shard>${number}</shard><replica>r${number}</replica></macros>
  <remote_servers><${cluster}><secret>word-between-servers</secret>${tcpPorts
    .map(
      (port) =>
        `<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`,
    )
    .join("")}</${cluster}></remote_servers>`;

const nodeOf = (server: EmbeddedServer, layout: StoreLayout): Store =>
  connectStore({
    url: server.url,
    users: {
      engine: { name: "leadwire", password: passwords.admin },
      analyst: { name: "analyst", password: passwords.analyst },
    },
    headers: { [doorHeader]: doorSecret(passwords) },
    embedded: server,
    layout,
  });

/**
 * DDL as a server of a cluster carries it out, without a keeper: ON CLUSTER on each of them, and no replication. The
 * library has neither a DDL worker nor the port between replicas; all else of the layout is as on a cluster.
 */
const withoutKeeper = (sql: string): string =>
  sql
    .replace(` ON CLUSTER ${cluster}`, "")
    .replace(
      /ReplicatedReplacingMergeTree\('[^']*', '[^']*'(?:, (\w+))?\)/,
      (_all, version?: string) => `ReplacingMergeTree(${version ?? ""})`,
    );

/** Two embedded servers as the two shards of one cluster, one replica each. */
export const startTwoShards = async (): Promise<TwoShards> => {
  const directory = await mkdtemp(join(tmpdir(), "leadwire-shards-"));
  const tcpPorts = [await freePort(), await freePort()];
  const servers: EmbeddedServer[] = [];
  for (const [at, tcpPort] of tcpPorts.entries()) {
    const shard = { tcpPort, configXml: shardXml(at + 1, tcpPorts) };
    const started = await startEmbeddedServer({ directory: join(directory, `${at + 1}`), passwords, shard });
    if (isLeft(started)) throw new Error(started.left.detail);
    servers.push(started.right);
  }
  const nodes = servers.map((server) => nodeOf(server, clusterLayout(cluster)));
  const [first] = nodes;
  if (first === undefined) throw new Error("no server was started");
  const store: Store = {
    ...first,
    command: (sql, parameters) => async () => {
      if (!sql.includes(` ON CLUSTER ${cluster}`)) return first.command(sql, parameters)();
      for (const node of nodes) {
        const outcome = await node.command(withoutKeeper(sql), parameters)();
        if (isLeft(outcome)) return outcome;
      }
      return right(undefined);
    },
  };
  return {
    store,
    nodes,
    dispose: async () => {
      await Promise.all(nodes.map((node) => node.close()));
      await Promise.all(servers.map((server) => server.stop()));
      await rm(directory, { recursive: true, force: true });
    },
  };
};
