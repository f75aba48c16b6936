import type { PlayedRecord } from "@leadwire/alerts";
import { decodeEvent } from "@leadwire/events";
import { type LogPosition, RecordCursor } from "@leadwire/log";
import { recordBackfill } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Engine } from "../engine/engine.ts";

/** The log's events in the order in which they are to arrive. */
export interface PlayedLog {
  readonly records: ReadonlyArray<PlayedRecord>;
  /** Of these: imported or replayed, and played at the time at which they happened. */
  readonly backfilled: number;
}

type EventReader = Pick<Engine, "eventEnds" | "readEvents">;

const backfillHeader = "backfill";

/**
 * The events of one partition. One of an import or a replay arrives when it happened, as if it had been sent then, and
 * no earlier than those before it say: without its header, so that it counts like any other.
 */
class PartitionEvents {
  readonly records: PlayedRecord[] = [];
  backfilled = 0;
  private readonly topic: string;
  private readonly cursor = new RecordCursor();
  private appendTimeMs = 0;

  constructor(topic: string) {
    this.topic = topic;
  }

  take(bytes: Buffer, from: number, end: number): void {
    const { cursor } = this;
    cursor.reset(bytes, from);
    while (cursor.next() && cursor.offset < end) {
      this.appendTimeMs = Math.max(this.appendTimeMs, cursor.appendTimeMs);
      const key = bytes.subarray(Math.max(cursor.keyStart, 0), Math.max(cursor.keyEnd, 0));
      const value = bytes.subarray(Math.max(cursor.valueStart, 0), Math.max(cursor.valueEnd, 0));
      if (cursor.headerCount === 0) this.records.push(this.played(key, value, undefined, this.appendTimeMs));
      else this.takeWithHeaders(key, value);
    }
  }

  private takeWithHeaders(key: Buffer, value: Buffer): void {
    const { [backfillHeader]: backfill, ...headers } = this.cursor.headers();
    const isBackfill = recordBackfill(backfill) !== "";
    if (isBackfill) this.backfilled += 1;
    this.records.push(this.played(key, value, headers, isBackfill ? this.happenedMs(value) : this.appendTimeMs));
  }

  private played(
    key: Buffer,
    value: Buffer,
    headers: Readonly<Record<string, string>> | undefined,
    atMs: number,
  ): PlayedRecord {
    return { topic: this.topic, record: headers === undefined ? { key, value } : { key, value, headers }, atMs };
  }

  /** Of what nobody can read, and of what lies ahead, the time at which it came. */
  private happenedMs(value: Buffer): number {
    const event = decodeEvent(value);
    return isLeft(event) ? this.appendTimeMs : Math.min(event.right.occurred_at, this.appendTimeMs);
  }
}

const endsIn = (ends: ReadonlyArray<LogPosition>): number => ends.reduce((sum, { offset }) => sum + offset, 0);

/**
 * Reads all events that the log holds now, and puts them in the order of their arrival: by append time; of one instant
 * in the order of topics, partitions and offsets.
 */
export const readPlayedLog = async (
  engine: EventReader,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<PlayedLog> => {
  const ends = await engine.eventEnds();
  const records: PlayedRecord[] = [];
  let [backfilled, read] = [0, 0];
  for (const { topic, partition, offset: end } of ends) {
    const events = new PartitionEvents(topic);
    for (let at = 0; at < end; ) {
      signal.throwIfAborted();
      const { bytes, nextOffset } = await engine.readEvents({ topic, partition }, at);
      if (nextOffset <= at) break;
      events.take(bytes, at, end);
      read += Math.min(nextOffset, end) - at;
      at = nextOffset;
      onProgress(read / Math.max(1, endsIn(ends)));
    }
    for (const record of events.records) records.push(record);
    backfilled += events.backfilled;
  }
  // Stable: what came at one instant stays in the order read.
  return { records: records.sort((a, b) => a.atMs - b.atMs), backfilled };
};
