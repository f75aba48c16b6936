/** `pnpm kafka:up` starts a broker that stays, and prints its address; `pnpm kafka:down` stops it and keeps its data. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startBrokerProcess } from "./broker.ts";
import { cacheFolder } from "./jars.ts";

const stateFile = join(cacheFolder, "broker.json");
const defaultPort = 9092;

interface Running {
  readonly pid: number;
  readonly bootstrap: string;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("kafka.Kafka");
  } catch {
    return false;
  }
};

const running = (): Running | undefined => {
  try {
    const state: Running = JSON.parse(readFileSync(stateFile, "utf8"));
    return isAlive(state.pid) ? state : undefined;
  } catch {
    return undefined;
  }
};

const up = async (folder: string, port: number): Promise<void> => {
  const known = running();
  if (known !== undefined) {
    console.log(`Kafka answers at ${known.bootstrap} already (process ${known.pid}).`);
    return;
  }
  const { pid, bootstrap } = await startBrokerProcess({ folder, port, detached: true });
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stateFile, JSON.stringify({ pid, bootstrap } satisfies Running));
  console.log(`Kafka answers at ${bootstrap} (process ${pid}, data in ${folder}). Stop it with pnpm kafka:down.`);
};

const down = async (): Promise<void> => {
  const known = running();
  rmSync(stateFile, { force: true });
  if (known === undefined) {
    console.log("No broker of pnpm kafka:up is running.");
    return;
  }
  process.kill(known.pid, "SIGTERM");
  for (let waitedMs = 0; isAlive(known.pid); waitedMs += 100) {
    if (waitedMs === 20_000) process.kill(known.pid, "SIGKILL");
    await sleep(100);
  }
  console.log("Kafka has stopped.");
};

const [command, folder = join(cacheFolder, "broker"), port = String(defaultPort)] = process.argv.slice(2);
if (command === "up") await up(folder, Number(port));
else if (command === "down") await down();
else {
  console.error("Usage: node infra/kafka/main.ts up [FOLDER] [PORT] | down");
  process.exitCode = 2;
}
