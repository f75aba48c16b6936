import {
  type AlertFile,
  type AlertRule,
  type AlertsConfig,
  alertFaultText,
  backtestDifference,
} from "@leadwire/alerts";
import { parseDurationMs, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { isoText, parseAt } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import { type BacktestDocument, backtestDocument } from "../../../backtest/backtest-document.ts";
import { type PlayedLog, readPlayedLog } from "../../../backtest/played-log.ts";
import { runBacktest } from "../../../backtest/run-backtest.ts";
import { parsedAlerts, readAlertFiles } from "../../alerts-folder.ts";
import { type CliContext, CommandFault, ExitCode, type SharedOptions, wrongUsage } from "../../context.ts";
import { startProgress } from "../../progress.ts";
import { withEngine } from "../../with-engine.ts";
import { backtestText } from "./backtest-text.ts";

export interface BacktestOptions extends SharedOptions {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  /** A file in place of the rule's own. */
  readonly against?: string;
  readonly timeLimit: string;
}

/** One version of the rule, alone, with everything about who is told. */
interface RuleVersion {
  readonly rule: AlertRule;
  readonly config: AlertsConfig;
}

const versionOf = (files: ReadonlyArray<AlertFile>, wanted: string, workspace: Workspace): RuleVersion => {
  const parsed = parsedAlerts(files, workspace);
  if (isLeft(parsed)) throw wrongUsage(parsed.left.map(alertFaultText).join("\n"));
  const { ruleSets, notifications } = parsed.right;
  for (const { name, rules } of ruleSets) {
    const rule = rules.find(({ id }) => id === wanted);
    if (rule === undefined) continue;
    if (rule.condition._tag === "Engine")
      throw wrongUsage(
        `${wanted} watches the engine's own health, of which history tells nothing: it cannot be played.`,
      );
    return { rule, config: { ruleSets: [{ name, rules: [rule] }], notifications } };
  }
  const known = ruleSets.flatMap(({ rules }) => rules.map(({ id }) => id));
  throw wrongUsage(
    `There is no rule ${wanted} in ${files.map(({ name }) => name).join(", ") || "alerts/"}: there are ${known.join(", ") || "none"}.`,
  );
};

/** The other version stands in place of the rule's own file: who is told stays as it is, and so does the alerts' identity. */
const otherVersion = async (
  context: CliContext,
  options: BacktestOptions,
  files: ReadonlyArray<AlertFile>,
  own: AlertRule,
  workspace: Workspace,
): Promise<RuleVersion | undefined> => {
  if (options.against === undefined) return undefined;
  const [other] = await readAlertFiles(context, options, [options.against]);
  const text = other?.text ?? "";
  const isOwn = ({ name }: AlertFile): boolean => name === own.file;
  if (!files.some(isOwn)) throw wrongUsage(`${options.rule} comes with Leadwire: there is no file to put another for.`);
  const placed = files.map((file) => (isOwn(file) ? { ...file, text } : file));
  const faults = parsedAlerts(placed, workspace);
  if (isLeft(faults)) {
    const shown = faults.left.map((fault) =>
      isOwn({ name: fault.file, text }) ? { ...fault, file: options.against ?? "" } : fault,
    );
    throw wrongUsage(shown.map(alertFaultText).join("\n"));
  }
  return versionOf(placed, options.rule, workspace);
};

const instant = (text: string, nowMs: number, zone: string): number => {
  const found = parseAt(text, nowMs, null, new ZoneCalendar(zone));
  if (isLeft(found)) throw wrongUsage(found.left.message);
  return found.right;
};

const stretchOf = ({ from, to }: BacktestOptions, nowMs: number, zone: string) => {
  const [fromMs, toMs] = [instant(from, nowMs, zone), instant(to, nowMs, zone)];
  if (fromMs >= toMs) throw wrongUsage(`--from ${from} is not before --to ${to}.`);
  if (toMs > nowMs) throw wrongUsage(`--to ${to} has not come yet: it is ${isoText(nowMs)}.`);
  return { fromMs, toMs };
};

const timeLimitMs = (text: string): number => {
  const ms = parseDurationMs(text);
  if (ms === undefined || ms === 0) throw wrongUsage(`"${text}" is no time limit: write 90 s, 10 min or 1 h.`);
  return ms;
};

const played = async (
  context: CliContext,
  options: BacktestOptions,
  log: PlayedLog,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<BacktestDocument> => {
  const stretch = stretchOf(options, context.nowMs(), workspace.timeZone);
  const files = await readAlertFiles(context, options);
  const own = versionOf(files, options.rule, workspace);
  const other = await otherVersion(context, options, files, own.rule, workspace);
  const play = async ({ config }: RuleVersion, title: string) => {
    const progress = startProgress(context.terminal, context.nowMs, title);
    const onProgress = (share: number): void => progress.update(share, `of ${log.records.length} events`);
    const { nowMs } = context;
    const found = await runBacktest({ log, config, workspace, ...stretch, nowMs, onProgress, signal });
    progress.update(1, `${found.alerts.length} alerts`);
    progress.end();
    return found;
  };
  const here = await play(own, `Playing ${own.rule.id}`);
  const there = other === undefined ? undefined : await play(other, `Playing ${options.against ?? ""}`);
  return backtestDocument({
    rule: own.rule,
    ...stretch,
    log,
    here,
    currency: workspace.currency,
    ...(other === undefined || there === undefined
      ? {}
      : {
          against: {
            rule: other.rule,
            file: options.against ?? "",
            there,
            difference: backtestDifference(here.alerts, there.alerts),
          },
        }),
  });
};

/** Plays a rule over the log's history: each alert that it would have raised, how many a day, who would have been told. */
export const backtest = async (context: CliContext, options: BacktestOptions): Promise<number> => {
  const limit = AbortSignal.timeout(timeLimitMs(options.timeLimit));
  const signal = AbortSignal.any([limit, context.stopping()]);
  try {
    const [document, timeZone] = await withEngine(context, options, async (engine) => {
      const workspace = await engine.workspace();
      const progress = startProgress(context.terminal, context.nowMs, "Reading the log");
      const log = await readPlayedLog(engine, (share) => progress.update(share, ""), signal);
      progress.end();
      return [await played(context, options, log, workspace, signal), workspace.timeZone] as const;
    });
    await context.terminal.out(
      options.json === true ? `${JSON.stringify(document)}\n` : backtestText(document, timeZone),
    );
    return ExitCode.done;
  } catch (fault) {
    if (!limit.aborted) throw fault;
    throw new CommandFault(
      `The back-test took longer than ${options.timeLimit}. Give it a shorter stretch, or more time: --time-limit 1h.`,
    );
  }
};
