import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { demoWorkspaceYaml } from "leadwire";
import { type BreakableClickHouse, startBreakableClickHouse } from "../../infra/clickhouse/clickhouse-for-tests.ts";
import { type BreakableBroker, startBreakableBroker } from "../../infra/kafka/temporary-broker.ts";
import { openClickHouseDoor } from "./clickhouse-door.ts";
import { type Finished, type Served, serveService } from "./leadwire-process.ts";

/** A service that runs as a process of its own. */
export interface RigService extends Served {
  readonly name: string;
}

/** A Kafka broker and a ClickHouse of a test's own, and the services that it starts on them. */
export interface ClusterRig {
  readonly broker: BreakableBroker;
  readonly clickHouse: BreakableClickHouse;
  /** The config that all share; the folder is the test's own. */
  readonly config: string;
  readonly folder: string;
  /** What the services and the command line run in: the secrets. */
  readonly env: NodeJS.ProcessEnv;
  /** Starts a service and waits until it is ready. Those with the same `copy` share a data directory. */
  readonly start: (service: string, copy?: string) => Promise<RigService>;
  /** SIGTERM to every service that still runs; resolves to how each ended. */
  readonly stopServices: () => Promise<ReadonlyArray<Finished & { readonly name: string }>>;
  /** Kills what is left, and removes everything. */
  readonly dispose: () => Promise<void>;
}

const readyMsMax = 60_000;
const pollMs = 50;

/** Resolves once a service says that it is ready; rejects with its reasons after a minute. */
export const untilReady = async (url: string): Promise<void> => {
  let last = "nothing";
  for (let waitedMs = 0; waitedMs < readyMsMax; waitedMs += pollMs) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    last = (await answer?.text()) ?? last;
    await sleep(pollMs);
  }
  throw new Error(`${url} is not ready after a minute: ${last}`);
};

/** `extraYaml`: more lines for the config. */
export const startClusterRig = async (extraYaml = ""): Promise<ClusterRig> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-cluster-"));
  const [broker, clickHouse] = await Promise.all([startBreakableBroker(), startBreakableClickHouse()]);
  const door = await openClickHouseDoor(clickHouse.address);
  const { engine, analyst } = clickHouse.address.users;
  const config = join(folder, "leadwire.yaml");
  const lines = [
    demoWorkspaceYaml.trimEnd(),
    "log: kafka",
    `kafka: {brokers: ["${broker.bootstrap}"]}`,
    "store: clickhouse",
    `clickhouse: {url: "${door.url}", user: ${engine.name}, analyst: ${analyst.name}}`,
    extraYaml,
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  const env = {
    ...process.env,
    LEADWIRE_CLICKHOUSE_PASSWORD: engine.password,
    LEADWIRE_CLICKHOUSE_ANALYST_PASSWORD: analyst.password,
  };
  const running = new Set<RigService>();
  const start = async (name: string, copy = "1"): Promise<RigService> => {
    const dataDir = join(folder, `${name}-${copy}`);
    const served = await serveService(name, env, "--config", config, "--data-dir", dataDir);
    const service = { ...served, name };
    running.add(service);
    void served.finished.then(() => running.delete(service));
    await untilReady(served.url);
    return service;
  };
  const stopServices = () =>
    Promise.all(
      [...running].map(async ({ child, finished, name }) => {
        child.kill("SIGTERM");
        return { name, ...(await finished) };
      }),
    );
  const dispose = async (): Promise<void> => {
    const left = [...running];
    for (const { child } of left) child.kill("SIGKILL");
    await Promise.all(left.map(({ finished }) => finished));
    door.close();
    await Promise.all([broker.stop(), clickHouse.stop()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { broker, clickHouse, config, folder, env, start, stopServices, dispose };
};
