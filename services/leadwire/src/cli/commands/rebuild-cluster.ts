import { setTimeout as sleep } from "node:timers/promises";
import type { SchemaRegistry } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { measureShapes, wholeText } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { KafkaLog } from "@leadwire/log/kafka";
import type { Store } from "@leadwire/store";
import { buildGeneration, type ClusterBuild } from "../../cluster/build-generation.ts";
import { announceGeneration } from "../../cluster/generation-topic.ts";
import { NobodyAtWork } from "../../cluster/nobody-at-work.ts";
import { prepareStore, serverStore } from "../../cluster/server-store.ts";
import { readSecrets } from "../../config.ts";
import type { ClickHousePlace, KafkaPlace } from "../../deployment/deployment.ts";
import { ClusterEngine } from "../../engine/cluster-engine.ts";
import { compareGenerations } from "../../engine/rebuild/compare-generations.ts";
import { pointViews } from "../../engine/rebuild/point-views.ts";
import type { Config } from "../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { openTopics } from "../open-topics.ts";
import { startProgress } from "../progress.ts";
import { differencesText } from "../rebuild-text.ts";

export interface ClusterRebuildOptions extends SharedOptions {
  readonly dryRun?: boolean;
  readonly back?: boolean;
  readonly stop?: boolean;
}

interface Parts {
  readonly log: KafkaLog;
  readonly registry: SchemaRegistry;
  readonly place: KafkaPlace;
  readonly config: Config;
}

const lookEveryMs = 500;

/** ClickHouse is in the services' own process: no other can build beside it, so they begin anew. */
const announceAtOnce = async (
  context: CliContext,
  options: SharedOptions,
  { log, registry, place, config }: Parts,
): Promise<number> => {
  const { moveGeneration } = await import("../../cluster/move-generation.ts");
  const { generation, former } = await moveGeneration(log, registry, { place, workspace: config.workspace });
  const text =
    former === generation
      ? `The cluster folds with generation ${generation} already: this configuration changes nothing.\n`
      : `The cluster folds with generation ${generation} from now on (before: ${former ?? "none"}). ` +
        "Start every service again with this configuration: they fold the log anew.\n";
  await context.terminal.out(
    options.json === true ? `${JSON.stringify({ generation, former: former ?? null })}\n` : text,
  );
  return ExitCode.done;
};

/** Resolves once all is folded and stored; says what it waits for where nobody is at work. */
const built = async ({ terminal, nowMs }: CliContext, engine: ClusterEngine): Promise<number> => {
  const progress = startProgress(terminal, nowMs, "rebuild");
  const look = async (): Promise<void> => {
    const { events, pending } = await engine.status();
    progress.update(events === 0 ? 1 : 1 - pending / events, `${wholeText(events)} events`);
  };
  const timer = setInterval(() => void look().catch(() => undefined), lookEveryMs);
  try {
    for (;;) {
      try {
        await engine.settle();
        break;
      } catch (fault) {
        if (!(fault instanceof NobodyAtWork)) throw fault;
        terminal.note(`Waiting: ${fault.message.replace(", then ask again", " with this configuration")}`);
      }
    }
    await look();
  } finally {
    clearInterval(timer);
    progress.end();
  }
  return (await engine.status()).events;
};

const compared = async (
  { nowMs, terminal }: CliContext,
  options: SharedOptions,
  store: Store,
  engine: ClusterEngine,
  { generation, former, formerWorkspace }: ClusterBuild,
): Promise<number> => {
  const { completeThrough } = await engine.status();
  const differences = await compareGenerations({
    ...{ store, catalogue, nowMs },
    before: { generation: former, workspace: formerWorkspace },
    after: { generation, workspace: await engine.workspace() },
    newestMs: completeThrough === null ? null : Date.parse(completeThrough),
  });
  const { timeZone } = await engine.workspace();
  await terminal.out(
    options.json === true ? `${JSON.stringify(differences)}\n` : differencesText(differences, timeZone),
  );
  terminal.note("Nothing has changed yet: npx leadwire rebuild lets the new generation serve.");
  return ExitCode.done;
};

const buildBeside = async (
  context: CliContext,
  options: ClusterRebuildOptions,
  { log, registry, place, config }: Parts,
  storePlace: ClickHousePlace,
): Promise<number> => {
  const { terminal, nowMs } = context;
  const { workspace } = config;
  const { partitions } = place;
  const measures = measureShapes(catalogue);
  const build = await buildGeneration(log, registry, {
    workspace,
    measures,
    partitions,
    isBack: options.back === true,
  });
  if (build === undefined) return announceAtOnce(context, options, { log, registry, place, config });
  const { generation, former } = build;
  terminal.note(
    `Generation ${generation} is built beside ${former} by the processors and sinks that run with this configuration: ` +
      "start them now, if none do.",
  );
  const startedMs = nowMs();
  const store = serverStore(storePlace, readSecrets());
  const engine = new ClusterEngine({
    ...{ log, store, generation, workspace, catalogue, partitions, registry, nowMs },
    calendar: new ZoneCalendar(workspace.timeZone),
    sleep: (ms) => sleep(ms),
    close: async () => store.close(),
  });
  try {
    await prepareStore(store, { generation, workspace, isBuilding: true });
    const events = await built(context, engine);
    if (options.dryRun === true) return await compared(context, options, store, engine, build);
    // 1. The views. 2. What decides: until it is said, each service that starts points them at the former one again.
    await pointViews(store, catalogue, { generation, workspace });
    await announceGeneration(log, registry, {
      generation,
      workspace: JSON.stringify(workspace),
      measures,
      partitions,
    });
    const seconds = (nowMs() - startedMs) / 1000;
    const text =
      `${wholeText(events)} events are folded; generation ${generation} serves after ${seconds.toFixed(1)} s. ` +
      `Services with the former configuration end; npx leadwire rebuild --back with that one lets ${former} serve again.\n`;
    await terminal.out(options.json === true ? `${JSON.stringify({ generation, former, events, seconds })}\n` : text);
    return ExitCode.done;
  } finally {
    await engine.close();
  }
};

/**
 * Has this configuration's generation built beside the one that serves, by processors and sinks that run with it, and then
 * lets it serve: the views move, and every service that runs with another one ends.
 */
export const rebuildCluster = async (
  context: CliContext,
  options: ClusterRebuildOptions,
  config: Config,
  place: KafkaPlace,
): Promise<number> => {
  const { store } = config.deployment;
  if (options.stop === true)
    throw wrongUsage(
      "In a cluster nothing is to be stopped: end the processors and sinks that build, and nothing else changes.",
    );
  if (store._tag === "embedded" && (options.dryRun === true || options.back === true))
    throw wrongUsage("With a ClickHouse in the services' own process a cluster has no rebuild beside what serves.");
  const parts = { ...(await openTopics(context, config, place)), config, place };
  try {
    return store._tag === "embedded"
      ? await announceAtOnce(context, options, parts)
      : await buildBeside(context, options, parts, store);
  } finally {
    await parts.log.close();
  }
};
