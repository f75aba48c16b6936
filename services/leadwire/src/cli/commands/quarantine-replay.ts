import { type QuarantinedRecord, quarantineReasons } from "@leadwire/events";
import { wholeText } from "@leadwire/kpis";
import type { LogRecord } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import type { ShownQuarantined } from "../../engine/engine.ts";
import { eventJudge } from "../../engine/event-judge.ts";
import type { SealingEngine } from "../../http/engine-port.ts";
import { lostContact } from "../../quarantine/read-back.ts";
import { replayedRecord } from "../../quarantine/replay.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { safeText } from "../safe-text.ts";
import { withEngine } from "../with-engine.ts";

export interface ReplayOptions extends SharedOptions {
  readonly ids: ReadonlyArray<string>;
  readonly reason?: string;
  readonly again?: boolean;
}

/** What became of a replay. */
export interface ReplaySummary {
  readonly backfill: string;
  /** Appended, and of these: what the engine made of them. */
  readonly sent: number;
  readonly applied: number;
  readonly duplicate: number;
  readonly quarantined: number;
  /** In use already: not sent again without --again. */
  readonly settled: ReadonlyArray<string>;
  /** Would only come back to quarantine: not sent. */
  readonly still: ReadonlyArray<{ readonly id: string; readonly why: string }>;
}

const idsMax = 1_000_000;
const shownMax = 20;
const batchRecords = 500;

const idsOf = async (engine: SealingEngine, { ids, reason }: ReplayOptions): Promise<ReadonlyArray<string>> =>
  reason === undefined ? ids : (await engine.quarantineList(idsMax, reason)).map(({ id }) => id);

const shownOf = async (engine: SealingEngine, id: string, dataDir: string): Promise<ShownQuarantined> => {
  const record = await engine.quarantineShow(id);
  if (record !== null) return record;
  throw new CommandFault(
    `There is no ${safeText(id)} in quarantine. npx leadwire quarantine list${dataDirFlag(dataDir)} shows the ids.`,
  );
};

/** Appends what is good by now; what is still bad is told and not sent. */
const replayAll = async (
  context: CliContext,
  engine: SealingEngine,
  options: ReplayOptions,
): Promise<ReplaySummary> => {
  const backfill = `replay-${context.randomHex(6)}`;
  const judge = eventJudge(await engine.workspace());
  const settled: string[] = [];
  const still: Array<{ id: string; why: string }> = [];
  let sent = 0;
  let batch: LogRecord[] = [];
  const send = async (): Promise<void> => {
    if (batch.length > 0) await engine.append(batch);
    sent += batch.length;
    batch = [];
  };
  for (const id of await idsOf(engine, options)) {
    const record = await shownOf(engine, id, options.dataDir);
    if (record.settled !== undefined && options.again !== true) {
      settled.push(id);
      continue;
    }
    noteLostContact(context, record);
    const replayed = replayedRecord(record, (event) => judge(event, context.nowMs()), backfill);
    if (isLeft(replayed)) still.push({ id, why: replayed.left });
    else batch.push(replayed.right);
    if (batch.length >= batchRecords) await send();
  }
  await send();
  await engine.settle();
  const { applied, duplicate, quarantined } = await engine.backfill(backfill);
  return { backfill, sent, applied, duplicate, quarantined, settled, still };
};

/** Contacts are not kept in quarantine, since nobody could erase them there. */
export const noteLostContact = ({ terminal }: CliContext, record: QuarantinedRecord): void => {
  if (lostContact(record))
    terminal.note(`${record.id}: its contact was not kept in quarantine; send the lead-created again to bring it.`);
};

/** What became of a replay, for people. */
export const replayText = (summary: ReplaySummary, dataDir: string): string => {
  const { sent, applied, duplicate, quarantined, settled, still } = summary;
  const lines = [
    `${wholeText(sent)} sent again: ${wholeText(applied)} applied, ${wholeText(duplicate)} duplicates, ${wholeText(quarantined)} back in quarantine.`,
  ];
  if (settled.length > 0)
    lines.push(`${wholeText(settled.length)} are in use already and were not sent; --again sends them all the same.`);
  if (still.length > 0) {
    lines.push(`${wholeText(still.length)} cannot be used yet and were not sent:`);
    for (const { id, why } of still.slice(0, shownMax)) lines.push(`  ${id}  ${safeText(why)}`);
    if (still.length > shownMax) lines.push(`  and ${wholeText(still.length - shownMax)} more`);
    lines.push(
      `After a change to leadwire.yaml: npx leadwire rebuild${dataDirFlag(dataDir)}, then replay. Else: npx leadwire quarantine repair ID${dataDirFlag(dataDir)} --set FIELD=VALUE.`,
    );
  }
  return `${lines.join("\n")}\n`;
};

export const replay = async (context: CliContext, options: ReplayOptions): Promise<number> => {
  if ((options.ids.length === 0) === (options.reason === undefined))
    throw wrongUsage("Name ids, or one reason: quarantine replay --reason missing_rate. quarantine list shows both.");
  const { reason } = options;
  if (reason !== undefined && !quarantineReasons.some((known) => known === reason))
    throw wrongUsage(`There is no reason "${reason}": there are ${quarantineReasons.join(", ")}.`);
  const summary = await withEngine(context, options, (engine) => replayAll(context, engine, options));
  await context.terminal.out(
    options.json === true ? `${JSON.stringify(summary)}\n` : replayText(summary, options.dataDir),
  );
  return summary.still.length + summary.quarantined === 0 ? ExitCode.done : ExitCode.failed;
};
