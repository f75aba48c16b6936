import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accountLogTopic, eventTopics, factsTopic, metricsTopic, quarantineTopic } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { measureShapes, metricViews } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { openEmbeddedLog } from "@leadwire/log";
import { createProcessor } from "@leadwire/processor";
import { createSink } from "@leadwire/sink";
import { createGeneration, faultText, openEmbeddedStore, serveGeneration } from "@leadwire/store";
import { stateLayout } from "@leadwire/stream";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { forgetGeneration, servingOf } from "./generation-file.ts";
import { LocalEngine } from "./local-engine.ts";
import { outputsAreLost } from "./lost-outputs.ts";

/** Derived topics expire: their readers have read them long before, or read ClickHouse instead. */
const derivedRetentionMs = 24 * 3_600_000;
const expireEveryMs = 600_000;
export const partitions = 12;

export interface EngineOptions {
  readonly dataDir: string;
  readonly workspace: Workspace;
  readonly nowMs: () => number;
  /** New at each start. */
  readonly storePasswords: { readonly admin: string; readonly analyst: string };
  /** A `clickhouse` program to run instead of the library from npm. */
  readonly clickhouseBinary?: string;
  /** What a person should know: a served workspace that differs, ClickHouse that went away. */
  readonly onNotice: (text: string) => void;
  /** Takes appends at full speed, and begins to fold when somebody first waits for that (an import by itself). */
  readonly logFirst?: boolean;
  /** A broken invariant: the process must not go on. */
  readonly onFailure: (cause: unknown) => void;
}

export type OpenFault = { readonly _tag: "CannotOpen"; readonly message: string };

/** Throws the folded state away, so that the next start folds the log anew. */
export const forgetState = (dataDir: string): void => {
  forgetFolded(dataDir);
  forgetGeneration(dataDir);
};

const forgetFolded = (dataDir: string): void => rmSync(join(dataDir, "state"), { recursive: true, force: true });

/** Opens the whole engine over a data directory that this process owns. */
export const openEngine = async (options: EngineOptions): Promise<Either<OpenFault, LocalEngine>> => {
  const { dataDir, nowMs, onNotice, onFailure } = options;
  mkdirSync(dataDir, { recursive: true });
  const nowDay = Math.floor(nowMs() / 86_400_000);
  const serving = servingOf(dataDir, options.workspace, measureShapes(catalogue), nowDay);
  if ("_tag" in serving) return left({ _tag: "CannotOpen", message: serving.message });
  if (serving.notice !== undefined) onNotice(serving.notice);
  const { generation, workspace } = serving;

  const opened = await openEmbeddedStore({
    directory: join(dataDir, "clickhouse"),
    passwords: options.storePasswords,
    ...(options.clickhouseBinary === undefined ? {} : { binary: options.clickhouseBinary }),
    onChange: (state, detail) => onNotice(state === "died" ? `ClickHouse stopped: ${detail}` : "ClickHouse is back"),
  });
  if (isLeft(opened)) return left({ _tag: "CannotOpen", message: `ClickHouse did not start: ${opened.left.detail}` });
  const { store, stop } = opened.right;
  const views = [...catalogue.metrics.values()].flatMap(metricViews);
  for (const step of [
    createGeneration(store, generation),
    serveGeneration(store, generation, workspace.timeZone, views),
  ]) {
    const made = await step();
    if (isLeft(made)) {
      await stop();
      return left({ _tag: "CannotOpen", message: `ClickHouse refused its tables: ${faultText(made.left)}` });
    }
  }

  const log = await openEmbeddedLog({ folder: join(dataDir, "log"), nowMs });
  const derived = [factsTopic(generation), metricsTopic(generation)];
  await log.ensureTopics([
    ...[...eventTopics, quarantineTopic, accountLogTopic(generation)].map((name) => ({ name, partitions })),
    ...derived.map((name) => ({ name, partitions, retentionMs: derivedRetentionMs })),
  ]);
  const lost = await outputsAreLost(log, store, generation, partitions);
  if (isLeft(lost)) {
    await log.close();
    await stop();
    return left({ _tag: "CannotOpen", message: `ClickHouse does not answer: ${faultText(lost.left)}` });
  }
  if (lost.right) {
    onNotice("ClickHouse lacks facts that the topics no longer hold: the log is folded anew");
    forgetFolded(dataDir);
  }
  const processor = createProcessor({
    stateFolder: join(dataDir, "state", `layout-${stateLayout}`),
    log,
    nowMs,
    onFailure,
    workspace,
    measures: catalogue.measures,
    generation,
    partitions,
  });
  const sink = createSink({ log, store, generation, nowMs, rowsMax: 150_000, bytesMax: 24 * 1_048_576 });
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
  return right(
    new LocalEngine({
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
    }),
  );
};
