import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { brokerClassPath } from "./jars.ts";

/** Apache Kafka as one process of its own, broker and controller in one. */
export interface BrokerProcess {
  /** host:port for clients. */
  readonly bootstrap: string;
  readonly pid: number;
  /** Sends a signal; SIGTERM and SIGKILL resolve when the process has ended. */
  readonly signal: (signal: NodeJS.Signals) => Promise<void>;
}

export interface BrokerSettings {
  /** Holds the log and the broker's output; formatted when it is new, gone on with when it is not. */
  readonly folder: string;
  /** Kept over restarts in the folder; free ones are taken the first time. */
  readonly port?: number;
  /** The broker outlives this process. */
  readonly detached?: boolean;
}

const startTimeoutMs = 60_000;

/** Starts a broker and resolves once it answers. Rejects with the end of its output when it does not. */
export const startBrokerProcess = async ({
  folder,
  port,
  detached = false,
}: BrokerSettings): Promise<BrokerProcess> => {
  const classPath = brokerClassPath();
  mkdirSync(folder, { recursive: true });
  const properties = join(folder, "server.properties");
  if (!existsSync(properties)) {
    writeFileSync(properties, serverProperties(folder, port ?? (await freePort()), await freePort()));
    const tool = ["-cp", classPath, "kafka.tools.StorageTool"];
    const id = execFileSync("java", [...tool, "random-uuid"], { encoding: "utf8" }).trim();
    execFileSync("java", [...tool, "format", "--standalone", "-t", id, "-c", properties], { stdio: "pipe" });
  }
  const clientPort = Number(/^listeners=PLAINTEXT:\/\/127\.0\.0\.1:(\d+)/m.exec(readFileSync(properties, "utf8"))?.[1]);
  const output = join(folder, "broker.out");
  const outputFile = openSync(output, "a");
  const options = [
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-cp",
    classPath,
    "kafka.Kafka",
    properties,
  ];
  const child = spawn("java", options, { stdio: ["ignore", outputFile, outputFile], detached });
  const pid = child.pid;
  if (pid === undefined) throw new Error("java did not start. Install it with infra/ci/install-java.sh.");
  if (detached) child.unref();
  await untilAnswers(child, clientPort, output);
  return {
    bootstrap: `127.0.0.1:${clientPort}`,
    pid,
    signal: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      if (signal === "SIGTERM" || signal === "SIGKILL") await ended;
    },
  };
};

const untilAnswers = async (child: ChildProcess, port: number, output: string): Promise<void> => {
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 50) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return;
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new Error(
    `The Kafka broker did not start. The end of ${output}:\n${readFileSync(output, "utf8").slice(-2_000)}`,
  );
};

/** Whether a broker on this port answers an ApiVersions request: it binds its port before it serves. */
const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      const apiVersions = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 255, 255]);
      socket.write(apiVersions);
    });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once("data", () => {
      resolve(true);
      socket.destroy();
    });
    socket.once("error", () => undefined);
    socket.once("close", () => resolve(false));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(address)));
    });
  });

const serverProperties = (folder: string, clientPort: number, controllerPort: number): string =>
  Object.entries({
    "process.roles": "broker,controller",
    "node.id": 1,
    listeners: `PLAINTEXT://127.0.0.1:${clientPort},CONTROLLER://127.0.0.1:${controllerPort}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${clientPort},CONTROLLER://127.0.0.1:${controllerPort}`,
    "controller.listener.names": "CONTROLLER",
    "controller.quorum.bootstrap.servers": `127.0.0.1:${controllerPort}`,
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "log.dirs": join(folder, "data"),
    "auto.create.topics.enable": false,
    "default.replication.factor": 1,
    "min.insync.replicas": 1,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "group.initial.rebalance.delay.ms": 0,
    "group.min.session.timeout.ms": 1_000,
    // A killed broker may register again as soon as its former session has ended.
    "broker.session.timeout.ms": 3_000,
    "broker.heartbeat.interval.ms": 500,
    "log.cleaner.dedupe.buffer.size": 16_777_216,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
