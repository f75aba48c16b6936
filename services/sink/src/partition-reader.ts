import {
  type EventLog,
  ExpiredOffset,
  type LogChunk,
  type LogPosition,
  type Partition,
  RecordCursor,
} from "@leadwire/log";
import type { StoredPosition } from "@leadwire/store";
import type { RowBatch } from "./row-batch.ts";
import type { TopicRoute } from "./topic-route.ts";

/** Reads one partition on and on, and turns its records into rows. */
export class PartitionReader {
  readonly partition: Partition;
  readonly #route: TopicRoute;
  readonly #onExpired: (partition: Partition) => Promise<void>;
  readonly #cursor = new RecordCursor();
  #nextOffset: number;
  #appendTimeMs: number;
  /** Records that retention took before they were read. */
  expired = 0;
  /** Records that made no row: heartbeats, and what cannot be decoded. */
  withoutRow = 0;

  /** `onExpired` is told of a gap that retention made, before anything behind it is read. */
  constructor(
    partition: Partition,
    route: TopicRoute,
    stored: StoredPosition | undefined,
    onExpired: (partition: Partition) => Promise<void>,
  ) {
    this.partition = partition;
    this.#route = route;
    this.#onExpired = onExpired;
    this.#nextOffset = stored?.nextOffset ?? 0;
    this.#appendTimeMs = stored?.appendTimeMs ?? 0;
  }

  position(): LogPosition {
    return { ...this.partition, offset: this.#nextOffset };
  }

  /** Adds the next records to the batch and marks how far it got; false when there is nothing to read yet. */
  async readInto(batch: RowBatch, log: EventLog, bytesMax: number): Promise<boolean> {
    const chunk = await this.#chunk(log, bytesMax);
    if (chunk.nextOffset === this.#nextOffset) return false;
    const { topic, partition } = this.partition;
    const cursor = this.#cursor;
    cursor.reset(chunk.bytes, this.#nextOffset);
    // One object for all records of one append time, which a log stamps batch by batch.
    let place = { topic, partition, appendTimeMs: this.#appendTimeMs };
    while (cursor.next()) {
      if (cursor.appendTimeMs > place.appendTimeMs) place = { topic, partition, appendTimeMs: cursor.appendTimeMs };
      if (cursor.valueStart < 0) continue;
      if (!this.#route.add(cursor, place, batch)) this.withoutRow += 1;
    }
    this.#nextOffset = chunk.nextOffset;
    this.#appendTimeMs = place.appendTimeMs;
    batch.mark(this.#route.marks, {
      topic,
      partition,
      nextOffset: this.#nextOffset,
      appendTimeMs: this.#appendTimeMs,
    });
    return true;
  }

  /** More may expire while the gap is told of: the next try then begins behind that too. */
  async #chunk(log: EventLog, bytesMax: number): Promise<LogChunk> {
    for (;;) {
      try {
        return await log.read(this.partition, this.#nextOffset, bytesMax);
      } catch (fault) {
        if (!(fault instanceof ExpiredOffset)) throw fault;
        await this.#onExpired(this.partition);
        this.expired += fault.start - this.#nextOffset;
        this.#nextOffset = fault.start;
      }
    }
  }
}
