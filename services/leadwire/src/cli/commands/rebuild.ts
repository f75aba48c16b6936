import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { generationOf } from "@leadwire/funnel";
import { measureShapes, wholeText } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { readGenerations } from "../../engine/generation-file.ts";
import { findOwner } from "../../engine/owner-file.ts";
import {
  noFormer,
  type RebuildPurpose,
  type RebuildRequest,
  type RebuildStatus,
  type Rebuilds,
} from "../../engine/rebuild/rebuild-status.ts";
import type { SealingEngine } from "../../http/engine-port.ts";
import { type Config, loadConfig } from "../config-file.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { startProgress } from "../progress.ts";
import { differencesText } from "../rebuild-text.ts";
import { withEngine } from "../with-engine.ts";
import { rebuildCluster } from "./rebuild-cluster.ts";

export interface RebuildOptions extends SharedOptions {
  readonly dryRun?: boolean;
  readonly back?: boolean;
  readonly stop?: boolean;
}

const lookEveryMs = 100;
/** All may be folded before it serves: only the last line says 100 %. */
const doneMaxBefore = 0.99;

const purposeOf = ({ dryRun, back, stop }: RebuildOptions): RebuildPurpose => {
  if ([dryRun, back, stop].filter((given) => given === true).length > 1)
    throw wrongUsage("--dry-run, --back and --stop do different things: give one of them.");
  return dryRun === true ? "compare" : back === true ? "back" : "swap";
};

const requestOf = (purpose: RebuildPurpose, { workspace }: Config): RebuildRequest =>
  purpose === "back"
    ? { purpose, workspace }
    : { purpose, workspace, hash: generationOf(workspace, measureShapes(catalogue)) };

const phaseTexts: Readonly<Partial<Record<RebuildStatus["phase"], string>>> = {
  comparing: "comparing every number",
  swapping: "all is folded: questions under way are answered first",
};

/** Watches a rebuild until it has come to an end. */
const watch = async (
  { terminal, nowMs }: CliContext,
  rebuilds: Rebuilds,
  begun: RebuildStatus,
): Promise<RebuildStatus> => {
  const progress = startProgress(terminal, nowMs, "rebuild");
  let status = begun;
  while (status.phase === "building" || status.phase === "comparing" || status.phase === "swapping") {
    const { phase, events, done } = status;
    progress.update(
      Math.min(done, doneMaxBefore),
      phaseTexts[phase] ?? `${wholeText(events)} events are folded and stored`,
    );
    await sleep(lookEveryMs);
    status = await rebuilds.status();
  }
  if (status.phase === "done") progress.update(1, `${wholeText(status.events)} events`);
  progress.end();
  return status;
};

const doneText = (
  { events, generation, former }: RebuildStatus,
  seconds: number,
  isBack: boolean,
  flag: string,
): string =>
  isBack
    ? `Generation ${generation} serves again, after ${seconds.toFixed(1)} s; ${former} is kept. Put the workspace file of then back, too.\n`
    : `${wholeText(events)} events were folded anew in ${seconds.toFixed(1)} s; generation ${generation} serves. ` +
      `The former one is kept: npx leadwire rebuild --back${flag} lets it serve again.\n`;

const stop = async ({ terminal }: CliContext, options: RebuildOptions, rebuilds: Rebuilds): Promise<number> => {
  const { phase, detail } = await rebuilds.stop();
  if (phase === "failed" && detail !== undefined) throw new CommandFault(detail);
  const stopped = phase === "stopped";
  const text = stopped ? "The rebuild was ended, and what it had built is deleted.\n" : "No rebuild is under way.\n";
  await terminal.out(options.json === true ? `${JSON.stringify({ stopped })}\n` : text);
  return ExitCode.done;
};

const run = async (
  context: CliContext,
  options: RebuildOptions,
  engine: SealingEngine,
  request: RebuildRequest,
): Promise<number> => {
  const { terminal, nowMs } = context;
  const { rebuilds } = engine;
  const flag = dataDirFlag(options.dataDir);
  if (rebuilds === undefined) throw new CommandFault("The engine here folds nothing, so it rebuilds nothing.");
  if (options.stop === true) return stop(context, options, rebuilds);
  const startedMs = nowMs();
  const status = await watch(context, rebuilds, await rebuilds.start(request));
  if (status.phase === "stopped")
    throw new CommandFault("The rebuild was ended by another command. What served goes on.");
  if (status.phase !== "done") throw new CommandFault(status.detail ?? "The rebuild failed. What served goes on.");
  if (request.purpose === "compare") {
    if (status.differences === undefined) throw new CommandFault("The comparison was lost: run the command again.");
    await terminal.out(
      options.json === true
        ? `${JSON.stringify(status.differences)}\n`
        : differencesText(status.differences, request.workspace.timeZone),
    );
    terminal.note(`Nothing has changed yet: npx leadwire rebuild${flag} lets the new generation serve.`);
    return ExitCode.done;
  }
  const { generation, former = null, events } = status;
  const seconds = (nowMs() - startedMs) / 1000;
  const text = doneText(status, seconds, request.purpose === "back", flag);
  await terminal.out(options.json === true ? `${JSON.stringify({ generation, former, events, seconds })}\n` : text);
  const ledger = await engine.ledger();
  const aside = ledger.total.quarantined;
  if (aside > 0)
    terminal.note(`${wholeText(aside)} records are in quarantine: npx leadwire quarantine list${flag} shows why.`);
  if (!ledger.balanced) throw new CommandFault(`The ledger does not add up: npx leadwire ledger${flag} shows where.`);
  return ExitCode.done;
};

/**
 * Folds the log anew with the workspace as it is now, beside what serves, and then lets that serve; or compares the two,
 * or goes back to the former one. The log is not touched.
 */
export const rebuild = async (context: CliContext, options: RebuildOptions): Promise<number> => {
  const purpose = purposeOf(options);
  const config = await loadConfig(context, options);
  const { log } = config.deployment;
  if (log._tag === "kafka") return rebuildCluster(context, options, config, log);
  const dataDir = resolve(context.cwd, options.dataDir);
  if (purpose === "back" && readGenerations(dataDir)?.former === undefined) throw new CommandFault(noFormer);
  const owner = findOwner(dataDir);
  if (owner !== undefined && options.stop !== true)
    context.terminal.note(
      `Process ${owner.pid} rebuilds, and goes on if this command is ended; --stop ends the rebuild itself.`,
    );
  const use = { ...options, mayBeEmpty: true, ...(purpose === "swap" ? { replacesOtherVersion: true as const } : {}) };
  return withEngine(context, use, (engine) => run(context, options, engine, requestOf(purpose, config)));
};
