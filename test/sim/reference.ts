import { accountLogTopic, eventTopics, factsTopic, metricsTopic, quarantineTopic } from "@leadwire/events";
import { type FactRecord, ZoneCalendar } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import { RecordCursor, stampBatch } from "@leadwire/log";
import { forwardedFromHeader, type LedgerEntry, type OutputBatch, PartitionTask, slicesOf } from "@leadwire/stream";
import { type DerivedRecord, readFact, readSlice } from "./derived-record.ts";
import { countsBySource } from "./ledger-counts.ts";
import type { Scenario } from "./scenario.ts";
import type { SimBroker } from "./sim-broker.ts";
import { type FactRow, sliceKey } from "./sim-clickhouse.ts";
import { SimPartition } from "./sim-partition.ts";
import { generation } from "./world.ts";

/** What a slice came to at a version, and at each later one until it changed. */
interface SliceStep {
  readonly version: number;
  readonly count: number;
  readonly sum: number;
}

/** A slice's whole story: what it came to, in rising versions. */
export interface SliceStory {
  readonly slice: SliceRecord;
  readonly steps: Array<SliceStep>;
}

/** What one task tells, when it is left alone. */
export interface TaskStory {
  readonly topic: string;
  readonly partition: number;
  /** By fact and version: everything told. */
  readonly told: Map<string, string>;
  /** The versions of each fact, rising. */
  readonly factVersions: Map<string, Array<number>>;
  readonly sliceStories: Map<string, SliceStory>;
  /** The facts and slices that stand at the end. */
  readonly standing: Map<string, FactRow>;
  readonly facts: ReadonlyArray<FactRecord>;
  readonly slices: ReadonlyArray<SliceRecord>;
  readonly ledger: ReadonlyArray<LedgerEntry>;
  /** By position: its counts by source. */
  readonly countsAt: Map<number, ReadonlyMap<string, number>>;
  readonly quarantined: Set<string>;
  /** Where records lay that had to be sent on. */
  readonly forwarded: Set<string>;
  readonly newestAppendMs: number;
}

/** A single plain pass of fresh tasks over the final log. */
export class Reference {
  readonly stories: Array<TaskStory> = [];
  /** What the account tasks come to when their log is made anew, too. */
  readonly accountFacts = new Map<string, string>();
  private readonly scenario: Scenario;
  private readonly calendar: ZoneCalendar;
  private readonly cursor = new RecordCursor();
  private readonly accountLog: ReadonlyArray<SimPartition>;

  constructor(scenario: Scenario, broker: SimBroker) {
    this.scenario = scenario;
    this.calendar = new ZoneCalendar(scenario.workspace.timeZone);
    this.accountLog = Array.from(
      { length: scenario.partitions },
      (_, partition) => new SimPartition({ topic: accountLogTopic(generation), partition }),
    );
    for (const topic of eventTopics) for (const place of broker.of(topic)) this.tell(place);
    for (const place of broker.of(accountLogTopic(generation))) this.tell(place);
    for (const place of this.accountLog) {
      for (const [id, row] of this.story(place).standing) if (row.isPresent) this.accountFacts.set(id, row.text);
    }
  }

  private tell(place: SimPartition): void {
    if (place.records > 0) this.stories.push(this.story(place));
  }

  private story({ place: { topic, partition }, batches }: SimPartition): TaskStory {
    const { workspace, partitions, catalogue } = this.scenario;
    const context = { workspace, calendar: this.calendar, generation, partition, partitions };
    const task = new PartitionTask(topic, context, catalogue.measures);
    const told = new Map<string, string>();
    const factVersions = new Map<string, Array<number>>();
    const sliceStories = new Map<string, SliceStory>();
    const standing = new Map<string, FactRow>();
    const facts = new Map<string, FactRecord>();
    const countsAt = new Map<number, ReadonlyMap<string, number>>();
    const forwarded = new Set<string>();
    const quarantined = new Set<string>();
    const isFirstHand = topic !== accountLogTopic(generation);
    for (const { bytes, next } of batches) {
      task.process(bytes, next);
      countsAt.set(next, countsBySource(task.ledger.entries()));
      for (const output of task.takeOutput()) {
        for (const record of this.recordsOf(output, quarantined)) {
          if (record._tag === "Fact") {
            const { row, whole, fact } = record;
            told.set(`${row.id}@${row.version}`, whole);
            if (row.isPresent) facts.set(row.id, fact);
            else facts.delete(row.id);
            const versions = factVersions.get(row.id);
            if (versions === undefined) factVersions.set(row.id, [row.version]);
            else versions.push(row.version);
            standing.set(row.id, row);
          } else if (record._tag === "Slice") {
            const { slice } = record;
            const key = sliceKey(slice);
            const story = sliceStories.get(key) ?? { slice, steps: [] };
            sliceStories.set(key, story);
            story.steps.push({ version: slice.version, count: slice.count, sum: slice.sum });
          }
        }
        if (isEventTopic(output.topic)) collectForwards(output, forwarded);
        if (isFirstHand && output.topic === accountLogTopic(generation)) {
          this.accountLog[output.partition]?.append(output.batch, output.count, task.appendTimeMs, 0);
        }
      }
    }
    return {
      topic,
      partition,
      told,
      facts: [...facts.values()],
      countsAt,
      forwarded,
      factVersions,
      sliceStories,
      standing,
      slices: [...slicesOf(task)],
      ledger: task.ledger.entries(),
      quarantined,
      newestAppendMs: task.slicer.newestAppendMs,
    };
  }

  private *recordsOf({ topic, batch }: OutputBatch, quarantined: Set<string>): Generator<DerivedRecord> {
    const isFacts = topic === factsTopic(generation);
    if (!isFacts && topic !== metricsTopic(generation) && topic !== quarantineTopic) return;
    stampBatch(batch, 0, 0);
    const { cursor } = this;
    cursor.reset(batch, 0);
    while (cursor.next()) {
      if (topic === quarantineTopic) quarantined.add(cursor.bytes.toString("utf8", cursor.keyStart, cursor.keyEnd));
      else yield isFacts ? readFact(cursor) : readSlice(cursor);
    }
  }
}

const isEventTopic = (topic: string): boolean => eventTopics.some((known) => known === topic);

const collectForwards = ({ batch }: OutputBatch, into: Set<string>): void => {
  stampBatch(batch, 0, 0);
  const cursor = new RecordCursor();
  cursor.reset(batch, 0);
  while (cursor.next()) into.add(cursor.header(forwardedFromHeader) ?? "");
};
