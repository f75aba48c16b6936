import { factsTopic, quarantineTopic } from "@leadwire/events";
import { dimensions, type FactRecord, ZoneCalendar } from "@leadwire/funnel";
import { RecordCursor, stampBatch } from "@leadwire/log";
import { type DerivedIds, decodeFactChange, derivedIds, idsWithoutRegistry, PartitionTask } from "@leadwire/stream";
import type { TaskPosition, VerifyContext } from "./verify-context.ts";

const chunkBytes = 1 << 20;

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

/** What a task comes to when it is made from the log alone. */
export interface FoldedAnew {
  readonly task: PartitionTask;
  /** The facts that stand, by id. */
  readonly facts: ReadonlyMap<string, string>;
  /** Ids of the records that it puts aside. */
  readonly aside: ReadonlyArray<string>;
}

/** Folds a task's input up to its position. */
export const foldAnew = async (
  context: VerifyContext,
  { topic, partition, position }: TaskPosition,
): Promise<FoldedAnew> => {
  const { log, workspace, measures, generation, partitions, registry } = context;
  const calendar = new ZoneCalendar(workspace.timeZone);
  const settings = { workspace, calendar, generation, partition, partitions };
  const task = new PartitionTask(topic, registry === undefined ? settings : { ...settings, registry }, measures);
  const ids = registry === undefined ? idsWithoutRegistry : derivedIds(registry);
  const facts = new Map<string, string>();
  const aside: Array<string> = [];
  while (task.position < position) {
    const chunk = await log.read({ topic, partition }, task.position, chunkBytes);
    if (chunk.nextOffset === task.position) break;
    task.process(chunk.bytes, Math.min(chunk.nextOffset, position));
    for (const { topic: to, batch } of task.takeOutput()) {
      if (to === factsTopic(generation)) collectFacts(batch, facts, ids);
      else if (to === quarantineTopic) collectKeys(batch, aside);
    }
  }
  return { task, facts, aside };
};

const collectFacts = (batch: Buffer, facts: Map<string, string>, ids: DerivedIds): void => {
  for (const { bytes, valueStart, valueEnd } of records(batch)) {
    const { fact, present } = decodeFactChange(bytes, valueStart, valueEnd, ids);
    if (present) facts.set(fact.factId, factText(fact));
    else facts.delete(fact.factId);
  }
};

const collectKeys = (batch: Buffer, keys: Array<string>): void => {
  for (const { bytes, keyStart, keyEnd } of records(batch)) keys.push(bytes.toString("utf8", keyStart, keyEnd));
};

/** The cursor at each record of a batch that is not stamped yet. */
function* records(batch: Buffer): Generator<RecordCursor> {
  stampBatch(batch, 0, 0);
  const cursor = new RecordCursor();
  cursor.reset(batch, 0);
  while (cursor.next()) yield cursor;
}
