import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { alertsTopic, controlTopic, dayMs, eventTopics, quarantineTopic } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { faultText, type Store } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Secrets } from "../config.ts";
import type { ClickHousePlace, Embedded } from "../deployment/deployment.ts";
import { type EngineStore, openEngineStore } from "./engine-store.ts";
import { GenerationAtWork, type GenerationPlace } from "./generation-at-work.ts";
import { readGenerations, type Serving, servingOf, writeGenerations } from "./generation-file.ts";
import { begun } from "./generation-steps.ts";
import { localTopics } from "./generation-topics.ts";
import { LocalEngine } from "./local-engine.ts";
import { outputsAreLost } from "./lost-outputs.ts";
import { otherLog } from "./other-log.ts";
import { Adoption } from "./rebuild/adoption.ts";
import { dropGenerations } from "./rebuild/drop-generations.ts";
import { finishSwap } from "./rebuild/finish-swap.ts";
import { Rebuilder } from "./rebuild/rebuilder.ts";
import { adoptFormerState, generationStateFolder } from "./state-folder.ts";

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
  /** What another version folded is folded anew beside it, and replaced once that is whole. */
  readonly replacesOtherVersion?: true;
  /** See RebuilderOptions.onStep. */
  readonly onRebuildStep?: (step: string) => void;
}

export type OpenFault = { readonly _tag: "CannotOpen"; readonly message: string };

const cannotOpen = (message: string): Either<OpenFault, never> => left({ _tag: "CannotOpen", message });

/** Opens the whole engine over a data directory that this process owns. */
export const openEngine = async (options: EngineOptions): Promise<Either<OpenFault, LocalEngine>> => {
  const { dataDir, nowMs, storePlace = { _tag: "embedded" }, secrets = {}, onNotice, clickhouseBinary } = options;
  mkdirSync(dataDir, { recursive: true });
  const nowDay = Math.floor(nowMs() / dayMs);
  const measures = measureShapes(catalogue);
  const found = servingOf(dataDir, options.workspace, measures, nowDay);
  const serving = "_tag" in found && options.replacesOtherVersion === true ? replacing(options, measures) : found;
  if ("_tag" in serving) return cannotOpen(serving.message);
  adoptFormerState(dataDir, readGenerations(dataDir)?.serving.generation ?? serving.generation);
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

/** Begins to build what is to be served in the place of what another version folded, or goes on with that. */
const replacing = ({ dataDir, workspace, onNotice }: EngineOptions, measures: string): Serving => {
  const file = readGenerations(dataDir);
  if (file === undefined) throw new Error(`${dataDir} serves no generation`);
  const next = begun(file, workspace, measures);
  writeGenerations(dataDir, next);
  onNotice(
    "Another version of Leadwire folded these data: until the rebuild is done, its tables answer as they stood then.",
  );
  return { generation: next.building.generation, workspace, notice: undefined, isBuilding: true };
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
    rmSync(generationStateFolder(dataDir, serving.generation), { recursive: true, force: true });
  }
  return right(await wire(options, { log, store, serving, stop }));
};

const openLog = async (dataDir: string, generation: string, nowMs: () => number): Promise<EmbeddedLog> => {
  const log = await openEmbeddedLog({ folder: join(dataDir, "log"), nowMs });
  await log.ensureTopics([
    ...[...eventTopics, quarantineTopic, alertsTopic].map((name) => ({ name, partitions })),
    ...localTopics(generation, partitions),
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
  const { dataDir, nowMs, onTold, onStored, onNotice, onFailure, onRebuildStep } = options;
  const place: GenerationPlace = {
    ...{ dataDir, log, store, catalogue, partitions, nowMs, onFailure },
    sleep: (ms) => sleep(ms),
    ...(onTold === undefined ? {} : { onTold }),
    ...(onStored === undefined ? {} : { onStored }),
  };
  const generation = new GenerationAtWork(place, serving);
  if (options.logFirst !== true) await generation.begin();
  const expiry = setInterval(() => void log.expire(nowMs()).catch(onFailure), expireEveryMs);
  // What a kill has left of a rebuild: nobody waits for it.
  const tidied = finishSwap(place)
    .then(() => dropGenerations(place))
    .catch((cause: unknown) => onNotice(`What a rebuild has left is still to be deleted: ${String(cause)}`));
  const close = async (): Promise<void> => {
    clearInterval(expiry);
    await tidied;
    await log.close();
    await stop();
  };
  const engine = new LocalEngine({ ...place, serving: generation, close });
  const steps = onRebuildStep === undefined ? {} : { onStep: onRebuildStep };
  const { generation: name, workspace } = serving;
  engine.rebuilds =
    serving.isBuilding === true
      ? new Adoption({
          ...{ dataDir, store, catalogue, next: generation },
          named: { generation: name, workspace, measures: measureShapes(catalogue) },
        })
      : new Rebuilder({ ...place, engine, tidied, onNotice, ...steps });
  return engine;
};
