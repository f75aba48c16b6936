import { metricsTopic } from "@leadwire/events";
import { RecordCursor } from "@leadwire/log";
import { decodeHeartbeat, isHeartbeat } from "@leadwire/stream";
import type { SimBroker } from "./sim-broker.ts";
import { generation } from "./world.ts";

/** How far the tasks have said that they are, on the metrics topic. */
export class BeatsHeard {
  private readonly broker: SimBroker;
  private readonly positions = new Map<string, number>();
  /** By partition: batches that were listened to. */
  private readonly heard = new Map<number, number>();
  private readonly cursor = new RecordCursor();

  constructor(broker: SimBroker) {
    this.broker = broker;
  }

  /** Whether every task has said that it has told all of its input. */
  areAtEnd(topics: ReadonlyArray<string>): boolean {
    this.listen();
    return topics.every((topic) =>
      this.broker.of(topic).every(({ place, end }) => {
        const position = this.positions.get(`${place.topic}/${place.partition}`);
        return position !== undefined && position >= end;
      }),
    );
  }

  private listen(): void {
    const { cursor } = this;
    for (const { place, batches } of this.broker.of(metricsTopic(generation))) {
      for (let n = this.heard.get(place.partition) ?? 0; n < batches.length; n += 1) {
        cursor.reset(batches[n]?.bytes ?? Buffer.alloc(0), 0);
        while (cursor.next()) this.note();
      }
      this.heard.set(place.partition, batches.length);
    }
  }

  private note(): void {
    const { bytes, valueStart, valueEnd } = this.cursor;
    if (!isHeartbeat(bytes, valueStart, valueEnd)) return;
    const { topic, partition, position } = decodeHeartbeat(bytes, valueStart, valueEnd);
    const name = `${topic}/${partition}`;
    this.positions.set(name, Math.max(this.positions.get(name) ?? 0, position));
  }
}
