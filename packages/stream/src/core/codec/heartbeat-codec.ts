import { frameId, isOneOf } from "@leadwire/events";
import { AvroReader } from "./avro-reader.ts";
import { AvroWriter } from "./avro-writer.ts";
import { type DerivedIds, idsWithoutRegistry } from "./derived-ids.ts";
import { readFrame, writeFrame } from "./frame.ts";

/** How far one task has come (schemas/heartbeat.avsc). */
export interface Heartbeat {
  /** The task's input. */
  readonly topic: string;
  readonly partition: number;
  /** The next offset of its input that the task will read. */
  readonly position: number;
  readonly end: number;
  readonly appendTimeMs: number;
  /** Null before the first event. */
  readonly newestEventMs: number | null;
  /** Requests to tell again that stand before this offset of the control topic have been served; absent in former ones. */
  readonly requestsServed?: number;
}

export const encodeHeartbeat = (beat: Heartbeat, ids: DerivedIds = idsWithoutRegistry): Buffer => {
  const w = new AvroWriter();
  writeFrame(w, ids.heartbeat.own);
  w.text(beat.topic);
  w.long(beat.partition);
  w.long(beat.position);
  w.long(beat.end);
  w.long(beat.appendTimeMs);
  w.optionalLong(beat.newestEventMs ?? Number.NaN);
  w.long(beat.requestsServed ?? 0);
  return Buffer.from(w.buffer.subarray(0, w.at));
};

/** Whether a record of a derived topic is a heartbeat. */
export const isHeartbeat = (bytes: Buffer, start: number, end: number, ids: DerivedIds = idsWithoutRegistry): boolean =>
  isOneOf(ids.heartbeat, frameId(bytes, start, end));

const reader = new AvroReader();

export const decodeHeartbeat = (
  bytes: Buffer,
  start: number,
  end: number,
  ids: DerivedIds = idsWithoutRegistry,
): Heartbeat => {
  reader.reset(bytes, readFrame(bytes, start, end, ids.heartbeat), end);
  return {
    topic: reader.text(),
    partition: reader.long(),
    position: reader.long(),
    end: reader.long(),
    appendTimeMs: reader.long(),
    newestEventMs: reader.optionalLong(),
    // Version 1 ended before it.
    requestsServed: reader.at < end ? reader.long() : 0,
  };
};
