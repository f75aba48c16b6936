import { leadKeysTopic } from "@leadwire/events";
import { partitionOf } from "@leadwire/log";
import { taskCodecs } from "../codec/derived-ids.ts";
import type { Span } from "../codec/span.ts";
import type { TaskContext } from "../task.ts";
import { type OutputBatch, OutputStream } from "../task-output.ts";

/** Says on the topic of lead keys that a lead's key is gone for good. Silent where keys are kept elsewhere. */
export class ErasureOutput {
  private readonly streams = new Map<number, OutputStream>();
  private readonly context: TaskContext;

  constructor(context: TaskContext) {
    this.context = context;
  }

  tell({ bytes, start, length }: Span): void {
    const { silent, tellsErasures, partitions, registry } = this.context;
    if (silent === true || tellsErasures !== true) return;
    const key = bytes.subarray(start, start + length);
    const record = { lead_id: key.toString("utf8"), key: null };
    const value = taskCodecs(registry).encodeControl({ name: "lead-key", record });
    const partition = partitionOf(key, partitions);
    let stream = this.streams.get(partition);
    if (stream === undefined) {
      stream = new OutputStream(leadKeysTopic, partition);
      this.streams.set(partition, stream);
    }
    stream.add(key, 0, key.length, value, value.length);
  }

  take(into: Array<OutputBatch>): void {
    for (const stream of this.streams.values()) stream.take(into);
  }
}
