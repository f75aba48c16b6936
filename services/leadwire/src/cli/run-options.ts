import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { readSecrets } from "../config.ts";
import type { KafkaPlace } from "../deployment/deployment.ts";
import { writeWhole } from "../engine/whole-file.ts";
import type { RunOptions } from "../services/run-service.ts";
import { alertsSource } from "./alerts-source.ts";
import { boardsFolder } from "./boards-folder.ts";
import type { Config } from "./config-file.ts";
import { type CliContext, endOn, randomFraction, type SharedOptions } from "./context.ts";

/** The name of a data directory's own store, made with it: it stays the same over restarts. */
const storeIdOf = (context: CliContext, dataDir: string): string => {
  const path = join(dataDir, "store-id");
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  const id = context.randomHex(8);
  mkdirSync(dataDir, { recursive: true });
  writeWhole(path, `${id}\n`);
  return id;
};

/** What running services takes from the command line, the config and the environment. */
export const runOptionsOf = async (
  context: CliContext,
  options: SharedOptions,
  { workspace, deployment }: Config,
  place: KafkaPlace,
): Promise<Omit<RunOptions, "services" | "port">> => {
  const dataDir = resolve(context.cwd, options.dataDir);
  const { nowMs, randomHex, terminal } = context;
  return {
    place,
    deployment,
    workspace,
    secrets: readSecrets(),
    dataDir,
    processName: `${hostname()}-${context.pid}`,
    embeddedStore: {
      passwords: { admin: randomHex(24), analyst: randomHex(24) },
      storeId: deployment.store._tag === "embedded" ? storeIdOf(context, dataDir) : "",
    },
    nowMs,
    random: randomFraction(randomHex),
    alertFiles: alertsSource(context, options),
    boardsFolder: await boardsFolder(context, options),
    randomKey: () => Buffer.from(randomHex(32), "hex"),
    stopping: context.stopping(),
    onNotice: terminal.note,
    onFailure: (cause) => endOn(context, cause),
  };
};
