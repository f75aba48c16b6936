import { factsTopic, metricsTopic } from "@leadwire/events";
import { dimensions, type FactRecord, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Measure, SliceRecord } from "@leadwire/kpis";
import { type EventLog, RecordCursor, stampBatch } from "@leadwire/log";
import { generationDatabase, readSlices, type Store, StoreError } from "@leadwire/store";
import { decodeFactChange, hoursKeptMs, minutesKeptMs, originNames, PartitionTask, slicesOf } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { VerifyReport } from "./engine.ts";

const chunkBytes = 1 << 20;
const examplesMax = 20;
/** Slices this close to leaving are compared nowhere: who let go of them first is chance. */
const leavingMs = 13 * 3_600_000;

export interface VerifyContext {
  readonly log: EventLog;
  readonly store: Store;
  readonly workspace: Workspace;
  readonly measures: ReadonlyArray<Measure>;
  readonly generation: string;
  readonly partitions: number;
  readonly tasks: ReadonlyArray<PartitionTask>;
  readonly nowMs: number;
}

type Values = readonly [count: string, sum: string];

/** Compares two sides that should be the same, and remembers the first differences in words. */
class Comparison {
  readonly what: string;
  count = 0;
  differences = 0;
  private readonly examples: Array<string>;

  constructor(what: string, examples: Array<string>) {
    this.what = what;
    this.examples = examples;
  }

  compare(expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>, side: string): void {
    this.count += expected.size;
    for (const [key, value] of expected) if (found.get(key) !== value) this.differ(key, value, found.get(key), side);
    for (const [key, value] of found) if (!expected.has(key)) this.differ(key, undefined, value, side);
  }

  private differ(key: string, expected: string | undefined, found: string | undefined, side: string): void {
    this.differences += 1;
    if (this.examples.length >= examplesMax) return;
    this.examples.push(`${key}: the log gives ${expected ?? "nothing"}, ${side} has ${found ?? "nothing"}`);
  }
}

const valuesText = ([count, sum]: Values): string => `count ${count}, sum ${sum}`;

const sliceKey = (slice: Omit<SliceRecord, "version" | "count" | "sum" | "origin" | "partition">): string =>
  [
    slice.measure,
    slice.dimension,
    slice.value,
    slice.granularity,
    new Date(slice.startMs).toISOString(),
    slice.bin ?? "-",
  ].join(" | ");

const slicesByKey = (slices: Iterable<SliceRecord>, nowMs: number): Map<string, string> => {
  const byKey = new Map<string, string>();
  for (const slice of slices) {
    if (slice.granularity === "minute" && slice.startMs < nowMs - minutesKeptMs + leavingMs) continue;
    if (slice.granularity === "hour" && slice.startMs < nowMs - hoursKeptMs + leavingMs) continue;
    byKey.set(sliceKey(slice), valuesText([String(slice.count), String(slice.sum)]));
  }
  return byKey;
};

const factText = (fact: FactRecord): string =>
  [
    new Date(fact.atMs).toISOString(),
    fact.outcome,
    fact.count,
    fact.amountMinor,
    fact.costMinor,
    fact.units,
    fact.durationMs,
    fact.bin,
    fact.cohortAtMs,
    fact.leadId,
    fact.dealId,
    fact.accountId,
    ...dimensions.map((dimension) => fact.dimensions[dimension]),
  ].join(" | ");

/** A task made anew from the log alone, up to the position of the one that is live, and the facts it establishes. */
const recompute = async (context: VerifyContext, live: PartitionTask) => {
  const { log, workspace, measures, generation, partitions } = context;
  const calendar = new ZoneCalendar(workspace.timeZone);
  const { topic, partition } = live;
  const task = new PartitionTask(topic, { workspace, calendar, generation, partition, partitions }, measures);
  const facts = new Map<string, string>();
  const end = live.position;
  while (task.position < end) {
    const chunk = await log.read({ topic, partition }, task.position, chunkBytes);
    if (chunk.nextOffset === task.position) break;
    task.process(chunk.bytes, Math.min(chunk.nextOffset, end));
    for (const { topic: to, batch } of task.takeOutput()) if (to === factsTopic(generation)) collectFacts(batch, facts);
  }
  return { task, facts, position: end };
};

const collectFacts = (batch: Buffer, facts: Map<string, string>): void => {
  stampBatch(batch, 0, 0);
  const cursor = new RecordCursor();
  cursor.reset(batch, 0);
  while (cursor.next()) {
    const { fact, present } = decodeFactChange(cursor.bytes, cursor.valueStart, cursor.valueEnd);
    if (present) facts.set(fact.factId, factText(fact));
    else facts.delete(fact.factId);
  }
};

const storedRows = async (store: Store, sql: string, parameters: Record<string, string | number>) => {
  const rows = await store.rows(sql, { parameters })();
  if (isLeft(rows)) throw new StoreError(rows.left);
  return rows.right;
};

const storedSlices = async (context: VerifyContext, task: PartitionTask): Promise<Map<string, string>> => {
  const writer = { origin: originNames[task.origin], partition: task.partition };
  const slices = await readSlices(context.store, context.generation, writer)();
  if (isLeft(slices)) throw new StoreError(slices.left);
  return slicesByKey(slices.right, context.nowMs);
};

const storedFacts = async (context: VerifyContext, task: PartitionTask): Promise<Map<string, string>> => {
  const rows = await storedRows(
    context.store,
    `SELECT fact_id, kind, toUnixTimestamp64Milli(at), outcome, count, amount_minor, cost_minor, units, duration_ms, bin,
       if(cohort_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(cohort_at))), lead_id, deal_id, account_id, ${dimensions.join(", ")}
     FROM ${generationDatabase(context.generation)}.facts_latest FINAL
     WHERE present = 1 AND origin = {origin:String} AND partition = {partition:Int32}`,
    { origin: originNames[task.origin], partition: task.partition },
  );
  return new Map(
    rows.map(([id, _kind, atMs, ...rest]) => [String(id), [new Date(Number(atMs)).toISOString(), ...rest].join(" | ")]),
  );
};

/** Tells the tasks that write nothing to slices and facts of their own apart: their topic feeds another task. */
const isOwnWriter = (task: PartitionTask): boolean => task.topic !== "leadwire.accounts";

/**
 * Makes every slice and every fact anew from the log, and compares them, bit by bit, with what the live tasks hold and
 * with what ClickHouse answers. Everything appended before must have been folded and stored.
 */
export const verify = async (context: VerifyContext): Promise<VerifyReport> => {
  const examples: Array<string> = [];
  const live = new Comparison("slices held live", examples);
  const stored = new Comparison("slices in ClickHouse", examples);
  const facts = new Comparison("facts in ClickHouse", examples);
  let records = 0;
  for (const task of context.tasks) {
    const held = slicesByKey(slicesOf(task), context.nowMs);
    const anew = await recompute(context, task);
    records += anew.position;
    const expected = slicesByKey(slicesOf(anew.task), context.nowMs);
    live.compare(expected, held, `task ${task.topic}/${task.partition}`);
    if (!isOwnWriter(task)) continue;
    stored.compare(expected, await storedSlices(context, task), `table slices of ${metricsTopic(context.generation)}`);
    facts.compare(anew.facts, await storedFacts(context, task), "table facts_latest");
  }
  const compared = [live, stored, facts].map(({ what, count, differences }) => ({ what, count, differences }));
  return { ok: compared.every(({ differences }) => differences === 0), records, compared, examples };
};
