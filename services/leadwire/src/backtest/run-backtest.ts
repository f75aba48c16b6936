import { setImmediate as nextTurn } from "node:timers/promises";
import {
  AlertReplay,
  AlertStage,
  type AlertsConfig,
  type Backtest,
  BacktestCollector,
  type PlayedRecord,
} from "@leadwire/alerts";
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
/** What passes without an event is played in pieces, too. */
const pieceMs = 3_600_000;
const generation = "backtest";

/** A back-test under way. */
class RunningBacktest {
  private readonly options: BacktestOptions;
  private readonly replay: AlertReplay;
  private readonly collector: BacktestCollector;
  private untilMs: number;
  private isBegun = false;
  private played = 0;

  constructor(options: BacktestOptions) {
    const { config, workspace, fromMs, nowMs } = options;
    this.options = options;
    const stage = new AlertStage({ config, workspace, catalogue, generation });
    this.replay = new AlertReplay({ workspace, generation, stage });
    this.collector = new BacktestCollector(fromMs);
    this.untilMs = nowMs() + turnMs;
  }

  async run(): Promise<Backtest> {
    const { log, workspace, toMs } = this.options;
    for (const record of log.records) {
      if (record.atMs >= toMs) break;
      await this.play(record);
      this.played += 1;
    }
    if (!this.isBegun) this.begin();
    await this.pass(toMs);
    this.replay.advance(toMs);
    this.collect();
    return this.collector.finish(toMs, new ZoneCalendar(workspace.timeZone));
  }

  private async play(record: PlayedRecord): Promise<void> {
    if (record.atMs < this.options.fromMs) this.replay.load(record);
    else {
      if (!this.isBegun) this.begin();
      await this.pass(record.atMs);
      this.replay.arrive(record);
    }
    await this.breathe();
  }

  private begin(): void {
    this.isBegun = true;
    this.replay.begin(this.options.fromMs);
  }

  /** Up to an instant, and not to it: what arrives then comes before what is due then. */
  private async pass(toMs: number): Promise<void> {
    for (let atMs = this.replay.nowMs + pieceMs; atMs < toMs; atMs += pieceMs) {
      this.replay.advance(atMs);
      await this.breathe();
    }
  }

  private collect(): void {
    for (const written of this.replay.take()) this.collector.apply(written);
  }

  private async breathe(): Promise<void> {
    const { nowMs, onProgress, log, signal } = this.options;
    if (nowMs() < this.untilMs) return;
    this.collect();
    onProgress(this.played / log.records.length);
    await nextTurn();
    signal.throwIfAborted();
    this.untilMs = nowMs() + turnMs;
  }
}

/** Plays the rules over the log: what was before `fromMs` is known, and raises nothing. Rejects when the signal aborts. */
export const runBacktest = (options: BacktestOptions): Promise<Backtest> => new RunningBacktest(options).run();
