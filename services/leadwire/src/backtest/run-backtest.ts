import { setImmediate as nextTurn } from "node:timers/promises";
import { AlertReplay, AlertStage, type AlertsConfig, type Backtest, BacktestCollector } from "@leadwire/alerts";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { PlayedLog } from "./played-log.ts";

export interface BacktestOptions {
  readonly log: PlayedLog;
  /** The rules to play, and who would be told. */
  readonly config: AlertsConfig;
  readonly workspace: Workspace;
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: () => number;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Others in this process get a turn as often. */
const turnMs = 8;
const generation = "backtest";

/** Plays the rules over the log: what was before `fromMs` is known, and raises nothing. Rejects when the signal aborts. */
export const runBacktest = async (options: BacktestOptions): Promise<Backtest> => {
  const { log, config, workspace, fromMs, toMs, nowMs, onProgress, signal } = options;
  const stage = new AlertStage({ config, workspace, catalogue, generation });
  const replay = new AlertReplay({ workspace, generation, stage });
  const collector = new BacktestCollector(fromMs);
  const collect = (): void => {
    for (const written of replay.take()) collector.apply(written);
  };
  let untilMs = nowMs() + turnMs;
  let isBegun = false;
  for (const [index, record] of log.records.entries()) {
    if (record.atMs >= toMs) break;
    if (!isBegun && record.atMs >= fromMs) {
      replay.begin(fromMs);
      isBegun = true;
    }
    if (isBegun) replay.arrive(record);
    else replay.load(record);
    if (nowMs() < untilMs) continue;
    collect();
    onProgress(index / log.records.length);
    await nextTurn();
    signal.throwIfAborted();
    untilMs = nowMs() + turnMs;
  }
  if (!isBegun) replay.begin(fromMs);
  replay.advance(toMs);
  collect();
  return collector.finish(toMs, new ZoneCalendar(workspace.timeZone));
};
