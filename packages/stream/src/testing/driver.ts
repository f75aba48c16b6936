import { derivedRegistry } from "@leadwire/events";
import type { FactRecord, Workspace } from "@leadwire/funnel";
import type { Measure, SliceRecord } from "@leadwire/kpis";
import { RecordCursor } from "@leadwire/log";
import { type DerivedIds, derivedIds, isLedger } from "../core/codec/derived-ids.ts";
import { decodeFactChange, type FactMessage } from "../core/codec/fact-codec.ts";
import { isHeartbeat } from "../core/codec/heartbeat-codec.ts";
import { decodeSlice } from "../core/codec/slice-codec.ts";
import type { PartitionTask } from "../core/partition-task.ts";
import { type Arrival, type ToldBatch, Topology, type TopologySettings } from "../driver/topology.ts";

export type { Arrival } from "../driver/topology.ts";

/** Runs the whole topology without a broker, and keeps the facts and slices that it tells. */
export class Driver {
  /** Every fact change in the order told. */
  readonly changes: Array<FactMessage> = [];
  private readonly topology: Topology;
  private readonly newest = new Map<string, FactMessage>();
  private readonly slicesByKey = new Map<string, SliceRecord>();
  private readonly ids: DerivedIds;
  private readonly cursor = new RecordCursor();

  constructor(workspace: Workspace, measures: ReadonlyArray<Measure>, settings: number | TopologySettings = 1) {
    const given: TopologySettings = typeof settings === "number" ? { partitions: settings } : settings;
    this.ids = derivedIds(given.registry ?? derivedRegistry);
    this.topology = new Topology(workspace, measures, given, (told) => this.read(told));
  }

  get tasks(): ReadonlyMap<string, PartitionTask> {
    return this.topology.tasks;
  }

  /** Appends and processes events in this order, `batch` records at a time. */
  feed(arrivals: ReadonlyArray<Arrival>, batch = 100): void {
    for (let from = 0; from < arrivals.length; from += batch) {
      for (const arrival of arrivals.slice(from, from + batch)) this.topology.arrive(arrival);
      this.topology.tellSlices();
    }
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

  private read({ topic, bytes: batch, baseOffset }: ToldBatch): void {
    const { cursor, ids } = this;
    cursor.reset(batch, baseOffset);
    while (cursor.next()) {
      const { bytes, valueStart, valueEnd } = cursor;
      if (topic.startsWith("leadwire.facts")) {
        const change = decodeFactChange(bytes, valueStart, valueEnd, ids);
        this.changes.push(change);
        this.newest.set(change.fact.factId, change);
      } else if (topic.startsWith("leadwire.metrics")) {
        if (isHeartbeat(bytes, valueStart, valueEnd, ids) || isLedger(bytes, valueStart, valueEnd, ids)) continue;
        const slice = decodeSlice(bytes, valueStart, valueEnd, ids);
        const { version: _version, count: _count, sum: _sum, ...key } = slice;
        this.slicesByKey.set(JSON.stringify(key), slice);
      }
    }
  }
}
