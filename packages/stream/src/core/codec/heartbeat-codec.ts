import { derivedRegistry, frameId } from "@leadwire/events";
import { AvroReader } from "./avro-reader.ts";
import { AvroWriter } from "./avro-writer.ts";
import { readFrame, writeFrame } from "./frame.ts";

const schemaIdNow = derivedRegistry.idOf("heartbeat");

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
}

export const encodeHeartbeat = (beat: Heartbeat): Buffer => {
  const w = new AvroWriter();
  writeFrame(w, schemaIdNow);
  w.text(beat.topic);
  w.long(beat.partition);
  w.long(beat.position);
  w.long(beat.end);
  w.long(beat.appendTimeMs);
  w.optionalLong(beat.newestEventMs ?? Number.NaN);
  return Buffer.from(w.buffer.subarray(0, w.at));
};

/** Whether a record of a derived topic is a heartbeat. */
export const isHeartbeat = (bytes: Buffer, start: number, end: number): boolean =>
  frameId(bytes, start, end) === schemaIdNow;

const reader = new AvroReader();

export const decodeHeartbeat = (bytes: Buffer, start: number, end: number): Heartbeat => {
  reader.reset(bytes, readFrame(bytes, start, end, schemaIdNow), end);
  return {
    topic: reader.text(),
    partition: reader.long(),
    position: reader.long(),
    end: reader.long(),
    appendTimeMs: reader.long(),
    newestEventMs: reader.optionalLong(),
  };
};
