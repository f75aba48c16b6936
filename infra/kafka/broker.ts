import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../java/free-port.ts";
import { answersOn } from "./broker-probe.ts";
import { brokerClassPath } from "./jars.ts";
import { testSettings } from "./test-settings.ts";

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
  /** Where clients are told to find the broker: a proxy's port, for example. Its own unless given. */
  readonly advertisedPort?: number;
  /** The broker outlives this process. */
  readonly detached?: boolean;
}

const startTimeoutMs = 60_000;

/** Starts a broker and resolves once it answers. Rejects with the end of its output when it does not. */
export const startBrokerProcess = async ({
  folder,
  port,
  advertisedPort,
  detached = false,
}: BrokerSettings): Promise<BrokerProcess> => {
  const classPath = brokerClassPath();
  mkdirSync(folder, { recursive: true });
  const properties = join(folder, "server.properties");
  if (!existsSync(properties)) {
    const ownPort = port ?? (await freePort());
    writeFileSync(properties, serverProperties(folder, ownPort, await freePort(), advertisedPort ?? ownPort));
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
  await untilProcessAnswers(child, clientPort, output);
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

const untilProcessAnswers = async (child: ChildProcess, port: number, output: string): Promise<void> => {
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 50) {
    if (child.exitCode !== null) break;
    if (await answersOn(port)) return;
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new Error(
    `The Kafka broker did not start. The end of ${output}:\n${readFileSync(output, "utf8").slice(-2_000)}`,
  );
};

const serverProperties = (folder: string, clientPort: number, controllerPort: number, advertisedPort: number): string =>
  Object.entries({
    "process.roles": "broker,controller",
    "node.id": 1,
    listeners: `PLAINTEXT://127.0.0.1:${clientPort},CONTROLLER://127.0.0.1:${controllerPort}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${advertisedPort},CONTROLLER://127.0.0.1:${controllerPort}`,
    "controller.listener.names": "CONTROLLER",
    "controller.quorum.bootstrap.servers": `127.0.0.1:${controllerPort}`,
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "log.dirs": join(folder, "data"),
    ...testSettings,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
