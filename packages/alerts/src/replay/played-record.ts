import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import type { EventLine } from "@leadwire/funnel";
import type { BatchRecord } from "@leadwire/log";

/** A record of an event topic, and when it is to arrive. */
export interface PlayedRecord {
  readonly topic: string;
  readonly record: BatchRecord;
  readonly atMs: number;
}

/** An event's line as a record; one of an import carries its header, as an import writes it. */
export const playedLine = ({ event, appendTimeMs, backfill }: EventLine): PlayedRecord => {
  const record = { key: Buffer.from(keyOf(event)), value: encodeEvent(event) };
  return {
    topic: topicOf(event.type),
    record: backfill === undefined ? record : { ...record, headers: { backfill } },
    atMs: appendTimeMs,
  };
};
