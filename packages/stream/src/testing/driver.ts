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
import { type FactRecord, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Measure, SliceRecord } from "@leadwire/kpis";
import { type BatchRecord, encodeBatch, type Partition, partitionOf, RecordCursor, stampBatch } from "@leadwire/log";
import { type DerivedIds, derivedIds, isLedger } from "../core/codec/derived-ids.ts";
import { decodeFactChange, type FactMessage } from "../core/codec/fact-codec.ts";
import { isHeartbeat } from "../core/codec/heartbeat-codec.ts";
import { decodeSlice } from "../core/codec/slice-codec.ts";
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
}

export interface DriverSettings {
  /** Of every topic; 1 unless given. */
  readonly partitions?: number;
  /** How often a record that a task sends on arrives; 1 unless given. */
  readonly forwardTimes?: number;
  /** Whose ids the tasks write; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
}

const generation = "driver";

/** Runs the whole topology without a broker: events in, facts and slices out. */
export class Driver {
  readonly tasks = new Map<string, PartitionTask>();
  /** Every fact change in the order told. */
  readonly changes: Array<FactMessage> = [];
  private readonly newest = new Map<string, FactMessage>();
  private readonly slicesByKey = new Map<string, SliceRecord>();
  private readonly offsets = new Map<string, number>();
  private readonly partitions: number;
  private readonly forwardTimes: number;
  private readonly ids: DerivedIds;
  private forwarding = false;

  constructor(workspace: Workspace, measures: ReadonlyArray<Measure>, settings: number | DriverSettings = 1) {
    const given: DriverSettings = typeof settings === "number" ? { partitions: settings } : settings;
    const { partitions = 1, forwardTimes = 1, registry = derivedRegistry } = given;
    this.ids = derivedIds(registry);
    this.partitions = partitions;
    this.forwardTimes = forwardTimes;
    const calendar = new ZoneCalendar(workspace.timeZone);
    for (const topic of taskTopics(generation)) {
      for (let partition = 0; partition < partitions; partition += 1) {
        const context = { workspace, calendar, generation, partition, partitions, registry };
        this.tasks.set(`${topic}/${partition}`, new PartitionTask(topic, context, measures));
      }
    }
  }

  /** Appends and processes events in this order, `batch` records at a time. */
  feed(arrivals: ReadonlyArray<Arrival>, batch = 100): void {
    for (let from = 0; from < arrivals.length; from += batch) this.feedBatch(arrivals.slice(from, from + batch));
  }

  /** The facts that stand, in order of their ids. */
  facts(): ReadonlyArray<FactRecord> {
    return [...this.newest.values()]
      .filter(({ present }) => present)
      .map(({ fact }) => fact)
      .sort((a, b) => (a.factId < b.factId ? -1 : a.factId > b.factId ? 1 : 0));
  }

  /** The newest word on every slice that is not empty, in order of their keys. */
  slices(): ReadonlyArray<SliceRecord> {
    return [...this.slicesByKey.keys()]
      .sort()
      .map((key) => this.slicesByKey.get(key) as SliceRecord)
      .filter(({ count, sum }) => count !== 0 || sum !== 0);
  }

  private feedBatch(arrivals: ReadonlyArray<Arrival>): void {
    for (const { event, appendTimeMs, at, value = encodeEvent(event) } of arrivals) {
      const key = Buffer.from(keyOf(event));
      const { topic, partition } = at ?? { topic: topicOf(event.type), partition: partitionOf(key, this.partitions) };
      this.deliver(topic, partition, [{ key, value }], appendTimeMs);
    }
    do {
      this.forwarding = false;
      for (const task of this.tasks.values()) if (task.topic !== accountLogTopic(generation)) this.collect(task);
    } while (this.forwarding);
    for (const task of this.tasks.values()) if (task.topic === accountLogTopic(generation)) this.collect(task);
  }

  private deliver(topic: string, partition: number, records: ReadonlyArray<BatchRecord>, appendTimeMs: number): void {
    const name = `${topic}/${partition}`;
    const offset = this.offsets.get(name) ?? 0;
    this.offsets.set(name, offset + records.length);
    this.tasks.get(name)?.process(encodeBatch(records, offset, appendTimeMs), offset + records.length);
  }

  private collect(task: PartitionTask): void {
    for (const output of task.takeOutput()) this.read(output, task.appendTimeMs);
  }

  private read(output: OutputBatch, appendTimeMs: number): void {
    const cursor = new RecordCursor();
    cursor.reset(stamped(output.batch), 0);
    while (cursor.next()) {
      const { bytes, valueStart, valueEnd } = cursor;
      if (output.topic.startsWith("leadwire.facts")) {
        const change = decodeFactChange(bytes, valueStart, valueEnd, this.ids);
        this.changes.push(change);
        this.newest.set(change.fact.factId, change);
      } else if (output.topic.startsWith("leadwire.metrics")) {
        if (isHeartbeat(bytes, valueStart, valueEnd, this.ids)) continue;
        if (isLedger(bytes, valueStart, valueEnd, this.ids)) continue;
        const slice = decodeSlice(bytes, valueStart, valueEnd, this.ids);
        const { version: _version, count: _count, sum: _sum, ...key } = slice;
        this.slicesByKey.set(JSON.stringify(key), slice);
      } else if (output.topic.startsWith("leadwire.account-log")) {
        const key = Buffer.from(bytes.subarray(cursor.keyStart, cursor.keyEnd));
        const value = Buffer.from(bytes.subarray(valueStart, valueEnd));
        this.deliver(output.topic, output.partition, [{ key, value, headers: cursor.headers() }], appendTimeMs);
      } else if (eventTopics.some((topic) => topic === output.topic)) {
        this.forwarding = true;
        const key = Buffer.from(bytes.subarray(cursor.keyStart, cursor.keyEnd));
        const record = { key, value: Buffer.from(bytes.subarray(valueStart, valueEnd)), headers: cursor.headers() };
        for (let n = 0; n < this.forwardTimes; n += 1)
          this.deliver(output.topic, output.partition, [record], appendTimeMs);
      }
    }
  }
}

const stamped = (batch: Buffer): Buffer => {
  stampBatch(batch, 0, 0);
  return batch;
};
