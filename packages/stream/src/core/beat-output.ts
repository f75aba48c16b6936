import { factsTopic, type LedgerUpdated, metricsTopic } from "@leadwire/events";
import { type TaskCodecs, taskCodecs } from "./codec/derived-ids.ts";
import { encodeHeartbeat, type Heartbeat } from "./codec/heartbeat-codec.ts";
import type { TaskContext } from "./task.ts";
import { type OutputBatch, OutputStream } from "./task-output.ts";

/** Bounds a record: with some hundred reasons and long names an entry takes up to 3 KB. */
const toldEntriesMax = 200;

/** Tells how far a task is, on both of its topics, and what its ledger has come to, on the metrics topic. */
export class BeatOutput {
  private readonly facts: OutputStream;
  private readonly metrics: OutputStream;
  private readonly codecs: TaskCodecs;

  constructor({ generation, partition, registry }: TaskContext) {
    this.facts = new OutputStream(factsTopic(generation), partition);
    this.metrics = new OutputStream(metricsTopic(generation), partition);
    this.codecs = taskCodecs(registry);
  }

  /** The counts go first: who has heard the heartbeat knows them. */
  tell(beat: Heartbeat, entries: LedgerUpdated["entries"], into: Array<OutputBatch>): void {
    const { topic, partition, position } = beat;
    const ledgerKey = Buffer.from(`ledger/${topic}`);
    for (let from = 0; from < entries.length; from += toldEntriesMax) {
      const record = { topic, partition, position, entries: entries.slice(from, from + toldEntriesMax) };
      const value = this.codecs.encodeControl({ name: "ledger-updated", record });
      this.metrics.add(ledgerKey, 0, ledgerKey.length, value, value.length);
    }
    const value = encodeHeartbeat(beat, this.codecs.ids);
    const key = Buffer.from(`heartbeat/${topic}`);
    for (const stream of [this.facts, this.metrics]) {
      stream.add(key, 0, key.length, value, value.length);
      stream.take(into);
    }
  }
}
