import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  accountLogTopic,
  alertsTopic,
  controlTopic,
  dayMs,
  eventTopics,
  factsTopic,
  metricsTopic,
  quarantineTopic,
} from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { createProcessor } from "@leadwire/processor";
import { createSink } from "@leadwire/sink";
import { faultText, type Store } from "@leadwire/store";
import { stateLayout } from "@leadwire/stream";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { derivedRetentionMs } from "../cluster/cluster-topics.ts";
import type { Secrets } from "../config.ts";
import type { ClickHousePlace, Embedded } from "../deployment/deployment.ts";
import { type EngineStore, openEngineStore } from "./engine-store.ts";
import { forgetGeneration, type Serving, servingOf } from "./generation-file.ts";
import { LocalEngine } from "./local-engine.ts";
import { outputsAreLost } from "./lost-outputs.ts";
import { otherLog } from "./other-log.ts";

const expireEveryMs = 600_000;
export const partitions = 12;

export interface EngineOptions {
  readonly dataDir: string;
  readonly workspace: Workspace;
  readonly nowMs: () => number;
  /** A server elsewhere; one of our own in the data directory where not given. */
  readonly storePlace?: Embedded | ClickHousePlace;
  readonly secrets?: Secrets;
  /** Of the server of our own, new at each start. */
  readonly storePasswords: { readonly admin: string; readonly analyst: string };
  /** A `clickhouse` program to run instead of the library from npm. */
  readonly clickhouseBinary?: string;
  /** What a person should know: a served workspace that differs, ClickHouse that went away. */
  readonly onNotice: (text: string) => void;
  /** Takes appends at full speed, and begins to fold when somebody first waits for that (an import by itself). */
  readonly logFirst?: boolean;
  /** How long after its append each chunk's facts and slices were told. */
  readonly onTold?: (latencyMs: number) => void;
  /** How long ClickHouse took to store a batch. */
  readonly onStored?: (rows: number, insertMs: number) => void;
  /** A broken invariant: the process must not go on. */
  readonly onFailure: (cause: unknown) => void;
}

export type OpenFault = { readonly _tag: "CannotOpen"; readonly message: string };

const cannotOpen = (message: string): Either<OpenFault, never> => left({ _tag: "CannotOpen", message });

/** Throws the folded state away, so that the next start folds the log anew. */
export const forgetState = (dataDir: string): void => {
  forgetFolded(dataDir);
  forgetGeneration(dataDir);
};

const forgetFolded = (dataDir: string): void => rmSync(join(dataDir, "state"), { recursive: true, force: true });

/** Opens the whole engine over a data directory that this process owns. */
export const openEngine = async (options: EngineOptions): Promise<Either<OpenFault, LocalEngine>> => {
  const { dataDir, nowMs, storePlace = { _tag: "embedded" }, secrets = {}, onNotice, clickhouseBinary } = options;
  mkdirSync(dataDir, { recursive: true });
  const nowDay = Math.floor(nowMs() / dayMs);
  const serving = servingOf(dataDir, options.workspace, measureShapes(catalogue), nowDay);
  if ("_tag" in serving) return cannotOpen(serving.message);
  if (serving.notice !== undefined) onNotice(serving.notice);

  const binary = clickhouseBinary === undefined ? {} : { binary: clickhouseBinary };
  const passwords = options.storePasswords;
  const opened = await openEngineStore(
    { place: storePlace, secrets, dataDir, passwords, onNotice, ...binary },
    serving,
  );
  if (isLeft(opened)) return cannotOpen(opened.left);
  try {
    return await openOverStore(options, serving, opened.right);
  } catch (fault) {
    // A server of ours would outlive what failed, and hold the data directory.
    await opened.right.stop();
    throw fault;
  }
};

const openOverStore = async (
  options: EngineOptions,
  serving: Serving,
  { store, stop }: EngineStore,
): Promise<Either<OpenFault, LocalEngine>> => {
  const { dataDir, nowMs, onNotice } = options;
  const log = await openLog(dataDir, serving.generation, nowMs);
  const lost = await outputsAreLost(log, store, serving.generation, partitions);
  if (isLeft(lost)) {
    await log.close();
    await stop();
    return cannotOpen(`ClickHouse does not answer: ${faultText(lost.left)}`);
  }
  const foreign = await otherLog(log, store, serving.generation, partitions);
  if (foreign !== undefined) {
    await log.close();
    await stop();
    return cannotOpen(foreign);
  }
  if (lost.right) {
    onNotice("ClickHouse lacks facts that the topics no longer hold: the log is folded anew");
    forgetFolded(dataDir);
  }
  return right(await wire(options, { log, store, serving, stop }));
};

const openLog = async (dataDir: string, generation: string, nowMs: () => number): Promise<EmbeddedLog> => {
  const log = await openEmbeddedLog({ folder: join(dataDir, "log"), nowMs });
  const derived = [factsTopic(generation), metricsTopic(generation)];
  await log.ensureTopics([
    ...[...eventTopics, quarantineTopic, alertsTopic, accountLogTopic(generation)].map((name) => ({
      name,
      partitions,
    })),
    ...derived.map((name) => ({ name, partitions, retentionMs: derivedRetentionMs })),
    { name: controlTopic, partitions: 1 },
  ]);
  return log;
};

interface Opened {
  readonly log: EmbeddedLog;
  readonly store: Store;
  readonly serving: Serving;
  /** Ends the store. */
  readonly stop: () => Promise<void>;
}

/** Puts processor and sink between log and store. */
const wire = async (options: EngineOptions, { log, store, serving, stop }: Opened): Promise<LocalEngine> => {
  const { dataDir, nowMs, onTold, onStored, onFailure } = options;
  const { generation, workspace } = serving;
  const processor = createProcessor({
    stateFolder: join(dataDir, "state", `layout-${stateLayout}`),
    log,
    nowMs,
    onFailure,
    workspace,
    measures: catalogue.measures,
    generation,
    partitions,
    followsRequests: true,
    ...(onTold === undefined ? {} : { onTold }),
  });
  const sink = createSink({ log, store, generation, nowMs, ...(onStored === undefined ? {} : { onStored }) });
  sink.finished.catch(onFailure);
  let begun: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    begun ??= processor.start().then(sink.start);
    return begun;
  };
  if (options.logFirst !== true) await begin();
  const expiry = setInterval(() => void log.expire(nowMs()).catch(onFailure), expireEveryMs);

  const close = async (): Promise<void> => {
    clearInterval(expiry);
    // Who writes stops before who is written to.
    await begun;
    await processor.stop();
    await sink.stop();
    await log.close();
    await stop();
  };
  return new LocalEngine({
    log,
    runner: processor.runner,
    sink,
    store,
    serving,
    catalogue,
    calendar: new ZoneCalendar(workspace.timeZone),
    partitions,
    nowMs,
    begin,
    sleep: (ms) => sleep(ms),
    onFailure,
    close,
  });
};
