import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demoWorkspaceYaml } from "leadwire";
import { type BreakableClickHouse, startBreakableClickHouse } from "../../../infra/clickhouse/clickhouse-for-tests.ts";
import { type BrokerProcess, startBrokerProcess } from "../../../infra/kafka/broker.ts";
import { openClickHouseDoor } from "../clickhouse-door.ts";
import { BreakableService } from "./breakable-service.ts";
import { type CutProxy, openCutProxy } from "./cut-proxy.ts";

export const partitions = 6;

/** How many of each service run. */
const copies = { ingest: 2, processor: 3, sink: 2 } as const;
export type ServiceKind = keyof typeof copies;

/** The names of the services, as faults call them. */
export const serviceNamesOf = (kind: ServiceKind): ReadonlyArray<string> =>
  Array.from({ length: copies[kind] }, (_, n) => `${kind}-${n + 1}`);
export const serviceNames: ReadonlyArray<string> = (["ingest", "processor", "sink"] as const).flatMap(serviceNamesOf);

/** Everything that runs, and what may be broken about it. */
export interface ChaosRig {
  readonly folder: string;
  readonly config: string;
  readonly env: NodeJS.ProcessEnv;
  readonly services: ReadonlyMap<string, BreakableService>;
  readonly clickHouse: BreakableClickHouse;
  /** The only ways to the broker and to ClickHouse. */
  readonly links: { readonly broker: CutProxy; readonly clickhouse: CutProxy };
  /** Where the broker is to be reached, by its link. */
  readonly bootstrap: string;
  readonly clickHouseUrl: string;
  readonly signalBroker: (signal: NodeJS.Signals) => Promise<void>;
  /** Starts it again on the same port and data. */
  readonly restartBroker: () => Promise<void>;
  /** Ends everything that runs, and leaves the folder. */
  readonly stop: () => Promise<void>;
}

const writeConfig = (folder: string, bootstrap: string, clickHouseUrl: string): string => {
  const config = join(folder, "leadwire.yaml");
  const lines = [
    demoWorkspaceYaml.trimEnd(),
    "log: kafka",
    `kafka: {brokers: ["${bootstrap}"], partitions: ${partitions}}`,
    "store: clickhouse",
    `clickhouse: {url: "${clickHouseUrl}", user: leadwire, analyst: analyst}`,
    `snapshots: {folder: "${join(folder, "snapshots")}", every: 10 s}`,
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  return config;
};

/** Starts a broker and a ClickHouse behind links that can be cut; the services are made, and not started. */
export const startChaosRig = async (
  folder: string,
  onCrash: (name: string, how: string) => void,
): Promise<ChaosRig> => {
  const brokerLink = await openCutProxy();
  const clickhouseLink = await openCutProxy();
  const brokerFolder = join(folder, "broker");
  for (const name of ["snapshots", "clickhouse"]) mkdirSync(join(folder, name));
  const startBroker = () => startBrokerProcess({ folder: brokerFolder, advertisedPort: brokerLink.port });
  const portOf = (address: string): number => Number(address.split(":").at(-1));
  let broker: BrokerProcess = await startBroker();
  const killAtExit = (): void => {
    for (const pid of [broker.pid, ...[...services.values()].map((service) => service.pid)]) {
      if (pid !== undefined) kill(pid);
    }
  };
  process.on("exit", killAtExit);
  brokerLink.aimAt(portOf(broker.bootstrap));
  const clickHouse = await startBreakableClickHouse(join(folder, "clickhouse"));
  const door = await openClickHouseDoor(clickHouse.address);
  clickhouseLink.aimAt(portOf(door.url));

  const bootstrap = `127.0.0.1:${brokerLink.port}`;
  const clickHouseUrl = `http://127.0.0.1:${clickhouseLink.port}`;
  const config = writeConfig(folder, bootstrap, clickHouseUrl);
  const { engine, analyst } = clickHouse.address.users;
  const env = {
    ...process.env,
    LEADWIRE_CLICKHOUSE_PASSWORD: engine.password,
    LEADWIRE_CLICKHOUSE_ANALYST_PASSWORD: analyst.password,
  };
  const services = new Map(
    serviceNames.map((name) => {
      const kind = name.slice(0, name.lastIndexOf("-"));
      return [name, new BreakableService({ kind, name, folder, config, env, onCrash })];
    }),
  );
  const stop = async (): Promise<void> => {
    await Promise.all([...services.values()].map((service) => service.kill()));
    await broker.signal("SIGKILL");
    await clickHouse.server.stop();
    door.close();
    await Promise.all([brokerLink.close(), clickhouseLink.close()]);
    process.off("exit", killAtExit);
  };
  return {
    folder,
    config,
    env,
    services,
    clickHouse,
    links: { broker: brokerLink, clickhouse: clickhouseLink },
    bootstrap,
    clickHouseUrl,
    signalBroker: (signal) => broker.signal(signal),
    restartBroker: async () => {
      broker = await startBroker();
    },
    stop,
  };
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
};
