import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { wholeText } from "@leadwire/kpis";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { NobodyAtWork } from "../../cluster/nobody-at-work.ts";
import type { SealingEngine } from "../../http/engine-port.ts";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import type { ImportJob } from "../import/import-message.ts";
import { type EventCounts, type ImportSummary, summaryText, unknownCounts } from "../import/import-summary.ts";
import { type ImportCounts, runImport } from "../import/run-import.ts";
import { startProgress } from "../progress.ts";
import { withEngine } from "../with-engine.ts";

export interface ImportCommandOptions extends SharedOptions {
  readonly files: ReadonlyArray<string>;
  readonly mapping?: string;
  readonly strict?: boolean;
  readonly revision: number;
}

const isLines = (file: string): boolean => /\.(jsonl|ndjson)$/iu.test(file);
const isPath = (mapping: string): boolean => /[/\\]|\.ya?ml$/iu.test(mapping);

/** The size of all files together; throws wrong usage for what could never be imported. */
const checkedBytes = async (options: ImportCommandOptions, paths: ReadonlyArray<string>): Promise<number> => {
  let bytes = 0;
  for (const [index, path] of paths.entries()) {
    const name = options.files[index] ?? path;
    const info = await stat(path).catch(() => null);
    if (info === null || !info.isFile()) throw wrongUsage(`There is no file ${name}.`);
    if (options.mapping === undefined && !isLines(name))
      throw wrongUsage(`${name} is not .jsonl: say with --mapping how its rows become events (docs/mappings.md).`);
    bytes += info.size;
  }
  if (options.mapping === undefined) return bytes;
  const { loadMapping } = await import("@leadwire/ingest");
  const mapping = await loadMapping(options.mapping);
  if (mapping._tag === "Left") throw wrongUsage(mapping.left.join("\n"));
  return bytes;
};

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const perSecond = (events: number, seconds: number): number => Math.round(events / Math.max(seconds, 0.001));

/** What became of the events, or, where no service of the cluster is there to say, who is waited for. */
const outcomeOf = async (engine: SealingEngine, backfill: string): Promise<Either<string, EventCounts>> => {
  try {
    await engine.settle();
  } catch (fault) {
    if (fault instanceof NobodyAtWork) return left(fault.message);
    throw fault;
  }
  const { reasons, forwarded: _, ...counts } = await engine.backfill(backfill);
  return right({ ...counts, quarantined_by_reason: reasons });
};

/** Sums an import up once everything it sent is durable. */
export const summaryOf = async (
  context: Pick<CliContext, "nowMs">,
  engine: SealingEngine,
  job: Omit<ImportJob, "seal" | "batchesMax">,
  options: Pick<ImportCommandOptions, "files">,
  counts: ImportCounts,
): Promise<ImportSummary> => {
  const toLog = (context.nowMs() - job.startedMs) / 1000;
  const outcome = await outcomeOf(engine, job.backfill);
  const toSql = isLeft(outcome) ? null : (context.nowMs() - job.startedMs) / 1000;
  const rowsAside = total(counts.quarantined);
  return {
    backfill: job.backfill,
    files: options.files,
    rows: {
      read: counts.rows,
      placed: counts.rows - counts.skipped - rowsAside,
      skipped: counts.skipped,
      quarantined: rowsAside,
      quarantined_by_reason: counts.quarantined,
    },
    events: { sent: counts.events, ...(isLeft(outcome) ? unknownCounts : outcome.right) },
    ...(isLeft(outcome) ? { waits_for: outcome.left } : {}),
    seconds: { to_log: toLog, to_sql: toSql },
    events_per_second: {
      to_log: perSecond(counts.events, toLog),
      to_sql: toSql === null ? null : perSecond(counts.events, toSql),
    },
  };
};

export const importFiles = async (context: CliContext, options: ImportCommandOptions): Promise<number> => {
  const { terminal, nowMs, cwd } = context;
  const files = options.files.map((file) => resolve(cwd, file));
  const mapping = options.mapping ?? null;
  const bytes = await checkedBytes(options, files);
  const begins = { ...options, mayBeEmpty: true, logFirst: true };
  const summary = await withEngine(context, begins, async (engine) => {
    const job = {
      files,
      mapping: mapping !== null && isPath(mapping) ? resolve(cwd, mapping) : mapping,
      workspace: await engine.workspace(),
      revision: options.revision,
      backfill: `import-${context.randomHex(6)}`,
      startedMs: nowMs(),
    };
    const progress = startProgress(terminal, nowMs, "import");
    const counts = await runImport(engine, job, ({ rows, events }, bytesRead) =>
      progress.update(bytesRead / Math.max(bytes, 1), `${wholeText(rows)} rows, ${wholeText(events)} events`),
    ).finally(progress.end);
    return summaryOf(context, engine, job, options, counts);
  });
  await terminal.out(options.json === true ? `${JSON.stringify(summary)}\n` : summaryText(summary, options.dataDir));
  const aside = summary.rows.quarantined + (summary.events.quarantined ?? 0);
  return options.strict === true && aside > 0 ? ExitCode.failed : ExitCode.done;
};
