import { accountLogTopic, derivedRegistry, factsTopic, quarantineTopic } from "@leadwire/events";
import { dimensions, type FactRecord, ZoneCalendar } from "@leadwire/funnel";
import { RecordCursor, stampBatch } from "@leadwire/log";
import { type DerivedIds, decodeFactChange, derivedIds, type OutputBatch, PartitionTask } from "@leadwire/stream";
import type { AccountRecord } from "./account-log-side.ts";
import type { LogContext } from "./verify-context.ts";

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
    fact.businessMs,
    fact.businessBin,
    fact.dueAtMs,
    fact.termMonths,
    fact.cohortAtMs,
    fact.leadId,
    fact.dealId,
    fact.accountId,
    fact.subject,
    fact.period,
    ...dimensions.map((dimension) => fact.dimensions[dimension]),
  ].join(" | ");

/** A task made from the log alone. */
export class FoldedAnew {
  readonly task: PartitionTask;
  /** The facts that stand, by id. */
  readonly facts = new Map<string, string>();
  /** Ids of the records that it puts aside. */
  readonly aside: Array<string> = [];
  /** Told of every record that it sends to the account log. */
  onAccountRecord: (partition: number, record: AccountRecord) => void = () => undefined;
  private readonly context: LogContext;
  private readonly ids: DerivedIds;

  constructor(context: LogContext, topic: string, partition: number) {
    const { workspace, measures, generation, partitions, registry = derivedRegistry } = context;
    const calendar = new ZoneCalendar(workspace.timeZone);
    this.context = context;
    this.ids = derivedIds(registry);
    this.task = new PartitionTask(
      topic,
      { workspace, calendar, generation, partition, partitions, registry },
      measures,
    );
  }

  /** Folds its input on, up to a position. */
  async to(position: number): Promise<void> {
    const { context, task } = this;
    while (task.position < position) {
      const chunk = await context.log.read(task, task.position, chunkBytes);
      if (chunk.nextOffset === task.position) return;
      task.process(chunk.bytes, Math.min(chunk.nextOffset, position));
      for (const output of task.takeOutput()) this.collect(output);
    }
  }

  private collect({ topic, partition, batch }: OutputBatch): void {
    const { generation } = this.context;
    if (topic === factsTopic(generation)) collectFacts(batch, this.facts, this.ids);
    else if (topic === quarantineTopic) collectKeys(batch, this.aside);
    else if (topic === accountLogTopic(generation))
      for (const record of records(batch)) this.onAccountRecord(partition, record);
  }
}

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
