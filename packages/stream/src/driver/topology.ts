import {
  accountLogTopic,
  derivedRegistry,
  encodeEvent,
  eventTopics,
  keyOf,
  type SalesEvent,
  type SchemaRegistry,
  topicOf,
} from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Measure } from "@leadwire/kpis";
import {
  type BatchRecord,
  encodeBatch,
  type Partition,
  partitionOf,
  RecordCursor,
  type RecordHeaders,
  stampBatch,
} from "@leadwire/log";
import { PartitionTask } from "../core/partition-task.ts";
import { taskTopics } from "../core/task-inputs.ts";
import type { OutputBatch } from "../core/task-output.ts";

/** An event and the moment the log got it. */
export interface Arrival {
  readonly event: SalesEvent;
  readonly appendTimeMs: number;
  /** Where a producer put it, when that is not where it belongs. */
  readonly at?: Partition;
  /** The event as it was written, when that was not with the ids derived from `schemas/`. */
  readonly value?: Buffer;
  readonly headers?: RecordHeaders;
}

export interface TopologySettings {
  /** Of every topic; 1 unless given. */
  readonly partitions?: number;
  /** How often a record that a task sends on arrives; 1 unless given. */
  readonly forwardTimes?: number;
  /** Whose ids the tasks write; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  /** A part of the derived topics' names. */
  readonly generation?: string;
}

/** A batch that a task told on a derived topic, with its place there. */
export interface ToldBatch extends Partition {
  readonly baseOffset: number;
  /** Its memory is used again after the call. */
  readonly bytes: Buffer;
  readonly appendTimeMs: number;
}

/**
 * All tasks of an engine without a broker, a disk or a clock: records in, told batches out, in one thread and in an
 * order that the calls alone decide. What tasks tell each other (the account log, records sent on) is delivered within.
 */
export class Topology {
  readonly tasks = new Map<string, PartitionTask>();
  private readonly partitions: number;
  private readonly forwardTimes: number;
  private readonly accountLog: string;
  private readonly onTold: (told: ToldBatch) => void;
  /** The next offset, by topic and partition. */
  private readonly ends = new Map<string, number>();
  /** Tasks that have treated something since their facts and since their slices were taken, in the tasks' order. */
  private readonly untoldFacts = new Set<PartitionTask>();
  private readonly untoldSlices = new Set<PartitionTask>();
  /** Tasks that have got further since their last heartbeat; at first all of them. */
  private readonly unheard = new Set<PartitionTask>();
  private readonly cursor = new RecordCursor();

  constructor(
    workspace: Workspace,
    measures: ReadonlyArray<Measure>,
    settings: TopologySettings,
    onTold: (told: ToldBatch) => void,
  ) {
    const { partitions = 1, forwardTimes = 1, registry = derivedRegistry, generation = "driver" } = settings;
    this.partitions = partitions;
    this.forwardTimes = forwardTimes;
    this.accountLog = accountLogTopic(generation);
    this.onTold = onTold;
    const calendar = new ZoneCalendar(workspace.timeZone);
    for (const topic of taskTopics(generation)) {
      for (let partition = 0; partition < partitions; partition += 1) {
        const context = { workspace, calendar, generation, partition, partitions, registry };
        const task = new PartitionTask(topic, context, measures);
        this.tasks.set(`${topic}/${partition}`, task);
        this.unheard.add(task);
      }
    }
  }

  /** Appends an event, and has it treated. */
  arrive({ event, appendTimeMs, at, value = encodeEvent(event), headers }: Arrival): void {
    const key = Buffer.from(keyOf(event));
    const { topic, partition } = at ?? { topic: topicOf(event.type), partition: partitionOf(key, this.partitions) };
    this.append(topic, partition, headers === undefined ? { key, value } : { key, value, headers }, appendTimeMs);
  }

  /** Appends a record to an input, and has it treated. */
  append(topic: string, partition: number, record: BatchRecord, appendTimeMs: number): void {
    const name = `${topic}/${partition}`;
    const task = this.tasks.get(name);
    if (task === undefined) throw new Error(`no task reads ${name}`);
    const offset = this.ends.get(name) ?? 0;
    this.ends.set(name, offset + 1);
    task.process(encodeBatch([record], offset, appendTimeMs), offset + 1);
    this.untoldFacts.add(task);
    this.untoldSlices.add(task);
    this.unheard.add(task);
  }

  /** Tells every fact that changed, until no task has anything left for another; slices wait. */
  tellFacts(): void {
    while (this.untoldFacts.size > 0) {
      const tasks = [...this.untoldFacts];
      this.untoldFacts.clear();
      // The account log last, so that it sees all entries of the round, as they were made.
      for (const task of tasks) if (task.topic !== this.accountLog) this.tell(task, task.takeFacts());
      for (const task of tasks) if (task.topic === this.accountLog) this.tell(task, task.takeFacts());
    }
  }

  /** Tells the slices that changed since the last call, after all facts. */
  tellSlices(): void {
    this.tellFacts();
    for (const task of this.untoldSlices) this.tell(task, task.takeSlices());
    this.untoldSlices.clear();
  }

  /** A heartbeat of every task that has got further since the last one, as one that has read all. */
  beat(nowMs: number): void {
    for (const task of this.unheard) this.tell(task, task.beat(task.position, nowMs), nowMs);
    this.unheard.clear();
  }

  private tell(task: PartitionTask, outputs: ReadonlyArray<OutputBatch>, atMs = task.appendTimeMs): void {
    for (const { topic, partition, batch, count, release } of outputs) {
      if (topic === this.accountLog) this.passOn(topic, partition, batch, atMs, 1);
      else if (eventTopics.some((name) => name === topic))
        this.passOn(topic, partition, batch, atMs, this.forwardTimes);
      else this.hand({ topic, partition }, batch, count, atMs);
      release(batch);
    }
  }

  private hand(place: Partition, batch: Buffer, count: number, appendTimeMs: number): void {
    const name = `${place.topic}/${place.partition}`;
    const baseOffset = this.ends.get(name) ?? 0;
    this.ends.set(name, baseOffset + count);
    stampBatch(batch, baseOffset, appendTimeMs);
    this.onTold({ ...place, baseOffset, bytes: batch, appendTimeMs });
  }

  /** Delivers records to the tasks that read them, so many times. */
  private passOn(topic: string, partition: number, batch: Buffer, appendTimeMs: number, times: number): void {
    const { cursor } = this;
    stampBatch(batch, 0, appendTimeMs);
    cursor.reset(batch, 0);
    while (cursor.next()) {
      const { bytes, keyStart, keyEnd, valueStart, valueEnd } = cursor;
      const key = Buffer.from(bytes.subarray(keyStart, keyEnd));
      const value = Buffer.from(bytes.subarray(valueStart, valueEnd));
      const record = { key, value, headers: cursor.headers() };
      for (let n = 0; n < times; n += 1) this.append(topic, partition, record, appendTimeMs);
    }
  }
}
