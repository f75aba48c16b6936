import { decodeEvent, eventTopics, keyOf, topicOf } from "@leadwire/events";
import { type EventLog, partitionOf, RecordCursor } from "@leadwire/log";
import { forwardedFromHeader } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { OracleRecord } from "../../oracle/log-input.ts";
import { partitions } from "./chaos-rig.ts";

/** A record of an event topic as it lies there. */
export interface FoundRecord extends OracleRecord {
  /** It lies where its key belongs. */
  readonly isHome: boolean;
  /** A task has put it there, from elsewhere. */
  readonly wasSentOn: boolean;
}

/** Everything in the event topics. */
export interface LogContents {
  readonly records: ReadonlyArray<FoundRecord>;
  /** What is no event, by the source that its header names. */
  readonly unreadable: ReadonlyMap<string, number>;
}

const chunkBytes = 1 << 20;

/** Reads the event topics from their start to their end, with a decoder and no task. */
export const readLogContents = async (log: EventLog): Promise<LogContents> => {
  const records: Array<FoundRecord> = [];
  const unreadable = new Map<string, number>();
  const cursor = new RecordCursor();
  for (const topic of eventTopics) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const { start, end } = await log.bounds({ topic, partition });
      let appendTimeMs = 0;
      for (let at = start; at < end; ) {
        const chunk = await log.read({ topic, partition }, at, chunkBytes);
        cursor.reset(chunk.bytes, at);
        while (cursor.next()) {
          appendTimeMs = Math.max(appendTimeMs, cursor.appendTimeMs);
          const { valueStart, valueEnd } = cursor;
          const decoded = decodeEvent(
            Buffer.from(cursor.bytes.subarray(Math.max(valueStart, 0), Math.max(valueEnd, 0))),
          );
          if (isLeft(decoded)) {
            const source = cursor.header("source") ?? "";
            unreadable.set(source, (unreadable.get(source) ?? 0) + 1);
            continue;
          }
          const event = decoded.right;
          const isHome =
            topicOf(event.type) === topic && partitionOf(Buffer.from(keyOf(event)), partitions) === partition;
          const wasSentOn = cursor.header(forwardedFromHeader) !== undefined;
          records.push({ event, appendTimeMs, isHome, wasSentOn });
        }
        at = chunk.nextOffset;
      }
    }
  }
  return { records, unreadable };
};
