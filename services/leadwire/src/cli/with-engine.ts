import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readSecrets } from "../config.ts";
import { type ClickHousePlace, embeddedDeployment, type KafkaPlace } from "../deployment/deployment.ts";
import { findOwner, type Owner } from "../engine/owner-file.ts";
import { engineClient } from "../http/engine-client.ts";
import type { SealingEngine } from "../http/engine-port.ts";
import { closeWithin } from "./close-within.ts";
import { type Config, loadConfig } from "./config-file.ts";
import { type CliContext, CommandFault, endOn, type SharedOptions } from "./context.ts";

const waitMsMax = 20_000;
const pollMs = 100;
/** A process that is stopped (SIGSTOP, a debugger) takes the call and never answers it. */
const answerMsMax = 5_000;

/** The owner's engine, if it answers. A process that is just ending may have left its file behind. */
const reach = async (owner: Owner): Promise<SealingEngine | undefined> => {
  if (owner.url === null) return undefined;
  const client = engineClient({ url: owner.url, token: owner.token });
  try {
    const answer = await Promise.race([client.status(), sleep(answerMsMax, undefined, { ref: false })]);
    if (answer !== undefined) return client;
    await client.close();
    return undefined;
  } catch {
    await client.close();
    return undefined;
  }
};

export interface EngineUse extends SharedOptions {
  /** The command begins a data directory where there is none yet; any other says that there are no data. */
  readonly mayBeEmpty?: boolean;
  /** The command appends much before it asks anything. */
  readonly logFirst?: boolean;
  /** See EngineOptions. */
  readonly replacesOtherVersion?: true;
}

/**
 * Runs a command on the engine of a data directory: asks the process that owns it, or opens it here and closes it after.
 * The answers are the same.
 */
export const withEngine = async <T>(
  context: CliContext,
  options: EngineUse,
  run: (engine: SealingEngine) => Promise<T>,
): Promise<T> => {
  const config = await loadConfig(context, options);
  const { log, store } = config.deployment;
  if (log._tag === "kafka" && store._tag === "clickhouse") return runOnCluster(context, config, log, store, run);
  const open = log._tag === "kafka" ? runClusterHere(log) : runHere;
  const dataDir = resolve(context.cwd, options.dataDir);
  const untilMs = context.nowMs() + waitMsMax;
  while (context.nowMs() < untilMs) {
    const owner = findOwner(dataDir);
    if (owner?.log === "embedded" && log._tag === "kafka") {
      const what = `${options.dataDir} belongs to process ${owner.pid}, whose log is in that folder, and the config says log: kafka`;
      throw new CommandFault(`${what}. Give its own folder with --data-dir.`);
    }
    if (owner === undefined) {
      const own = await open(context, options, config, dataDir, run);
      if (own !== undefined) return own.result;
    } else {
      const client = await reach(owner);
      if (client !== undefined) return runThere(client, run);
    }
    await sleep(pollMs);
  }
  const pid = findOwner(dataDir)?.pid;
  throw new CommandFault(
    `${options.dataDir} belongs to process ${pid ?? "unknown"}, which does not answer. Wait for it, or end it, then try again.`,
  );
};

/** Log and ClickHouse are elsewhere, and answer whoever asks: no process has to be found or started. */
const runOnCluster = async <T>(
  context: CliContext,
  { workspace, deployment }: Config,
  place: KafkaPlace,
  storePlace: ClickHousePlace,
  run: (engine: SealingEngine) => Promise<T>,
): Promise<T> => {
  const { openClusterEngine } = await import("../engine/open-cluster-engine.ts");
  const engine = await openClusterEngine({
    place,
    deployment,
    storePlace,
    secrets: readSecrets(),
    workspace,
    nowMs: context.nowMs,
    randomKey: () => Buffer.from(context.randomHex(32), "hex"),
    onNotice: context.terminal.note,
    onFailure: (cause) => endOn(context, cause),
  });
  return runThere(engine, run);
};

const runThere = async <T>(client: SealingEngine, run: (engine: SealingEngine) => Promise<T>): Promise<T> => {
  try {
    return await run(client);
  } finally {
    await client.close();
  }
};

/** The log is elsewhere, ClickHouse is not: every service runs in this process for as long as the command does. */
const runClusterHere =
  (place: KafkaPlace) =>
  async <T>(
    context: CliContext,
    options: EngineUse,
    config: Config,
    _dataDir: string,
    run: (engine: SealingEngine) => Promise<T>,
  ): Promise<{ readonly result: T }> => {
    const { withClusterHere } = await import("./host-cluster.ts");
    // For commands on this machine alone.
    const { listen } = embeddedDeployment;
    const here = { ...config, deployment: { ...config.deployment, listen } };
    return withClusterHere(context, { ...options, port: { _tag: "any" } }, here, place, async (hosted) => {
      const result = await run(await hosted.engine());
      await hosted.idle();
      return { result };
    });
  };

const runHere = async <T>(
  context: CliContext,
  options: EngineUse,
  config: Config,
  dataDir: string,
  run: (engine: SealingEngine) => Promise<T>,
): Promise<{ readonly result: T } | undefined> => {
  if (options.mayBeEmpty !== true && !existsSync(join(dataDir, "log")))
    throw new CommandFault(`no data in ${options.dataDir}: run npx leadwire demo or import first`);
  const { hostEngine } = await import("./host-engine.ts");
  const hosted = await hostEngine(context, {
    dataDir,
    config,
    port: { _tag: "any" },
    logFirst: options.logFirst === true,
    ...(options.replacesOtherVersion === true ? { replacesOtherVersion: true } : {}),
  });
  if (hosted === undefined) return undefined;
  const stopping = context.stopping();
  const stop = (): void => void closeWithin(context, hosted.close).finally(() => context.exit(1));
  stopping.addEventListener("abort", stop, { once: true });
  try {
    const result = await run(hosted.engine);
    // Commands that found this engine meanwhile are still at work with it.
    await hosted.idle();
    return { result };
  } catch (fault) {
    // The close cut the command off: what failed on the way is no news.
    if (stopping.aborted)
      throw new CommandFault("Interrupted. Nothing that was appended is lost; run the same command again.");
    throw fault;
  } finally {
    stopping.removeEventListener("abort", stop);
    if (!stopping.aborted) await hosted.close();
  }
};
