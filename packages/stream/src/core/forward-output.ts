import type { RecordHeaders } from "@leadwire/log";
import type { Place } from "./place.ts";
import { type OutputBatch, OutputStream } from "./task-output.ts";

/** Sends misplaced records on to where they belong, bytes and headers kept. */
export class ForwardOutput {
  private readonly streams = new Map<string, OutputStream>();

  send({ topic, partition, key }: Place, value: Buffer, headers: RecordHeaders): void {
    const name = `${topic}/${partition}`;
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = new OutputStream(topic, partition);
      this.streams.set(name, stream);
    }
    stream.add(key, 0, key.length, value, value.length, headers);
  }

  take(into: Array<OutputBatch>): void {
    for (const stream of this.streams.values()) stream.take(into);
  }
}
