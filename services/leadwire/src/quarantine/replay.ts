import { doorMessage, encodeEvent, eventFromJson, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { isRow, type ReadRecord, unreadable } from "./read-back.ts";

/** What is against an event; null: nothing. */
export type JudgeEvent = (event: SalesEvent) => { readonly reason: string; readonly detail: string } | null;

/** A record as it is appended, marked with what brought it back. */
export const recordOf = (event: SalesEvent, value: Uint8Array, backfill: string): LogRecord => ({
  topic: topicOf(event.type),
  key: Buffer.from(keyOf(event)),
  value,
  headers: { source: event.source_system, backfill },
});

/** The event of a record that is to be appended as it is, with the bytes to append. */
const original = (record: ReadRecord): Either<string, readonly [SalesEvent, Uint8Array]> => {
  if (record.event === undefined) return left(`still ${record.reason}: ${unreadable(record)}`);
  const read = eventFromJson(record.event);
  if (isLeft(read)) return left(`still ${read.left._tag}: ${doorMessage(read.left)}`);
  const { event } = read.right;
  return right([event, isRow(record) ? encodeEvent(event) : record.bytes]);
};

/**
 * A quarantined record to append again: the original bytes of a record of the log, the event of a line of a file. Left
 * says why it would only come back to quarantine: nothing is appended then.
 */
export const replayedRecord = (record: ReadRecord, judge: JudgeEvent, backfill: string): Either<string, LogRecord> => {
  const read = original(record);
  if (isLeft(read)) return read;
  const [event, bytes] = read.right;
  const against = judge(event);
  if (against !== null) return left(`still ${against.reason}: ${against.detail}`);
  return right(recordOf(event, bytes, backfill));
};
