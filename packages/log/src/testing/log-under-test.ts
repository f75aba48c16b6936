import { expect } from "vitest";
import type { EventLog, Partition } from "../event-log.ts";
import { RecordCursor } from "../record-cursor.ts";

/** A log and what the contract has to do to it from outside. */
export interface LogUnderTest {
  readonly log: EventLog;
  /** Ends the log as a restart of its process would, and opens it again. */
  readonly reopen: () => Promise<EventLog>;
  /** Lets every batch of the partition but the last outlive its retention. */
  readonly expireAllButLast: (partition: Partition) => Promise<void>;
  /** Closes and removes everything. */
  readonly dispose: () => Promise<void>;
}

/** What a contract's tests run against: the log, also after it was opened again, and a fresh topic per test. */
export interface ContractContext {
  readonly under: () => LogUnderTest;
  readonly freshTopic: (partitions: number, retentionMs?: number) => Promise<string>;
}

/** A record as a reader saw it. */
export interface ReadRecord {
  readonly offset: number;
  readonly appendTimeMs: number;
  readonly key: string | null;
  readonly value: string;
}

/** Reads from `from` to the end, in steps of about `maxBytes`. */
export const readRecords = async (
  log: EventLog,
  partition: Partition,
  from: number,
  maxBytes = 65_536,
): Promise<ReadonlyArray<ReadRecord>> => {
  const cursor = new RecordCursor();
  const records: ReadRecord[] = [];
  for (let offset = from; ; ) {
    const { bytes, nextOffset, endOffset } = await log.read(partition, offset, maxBytes);
    expect(nextOffset).toBeLessThanOrEqual(endOffset);
    if (nextOffset === offset) return records;
    cursor.reset(bytes, offset);
    while (cursor.next()) {
      records.push({
        offset: cursor.offset,
        appendTimeMs: cursor.appendTimeMs,
        key: cursor.keyStart < 0 ? null : bytes.toString("utf8", cursor.keyStart, cursor.keyEnd),
        value: bytes.toString("utf8", cursor.valueStart, cursor.valueEnd),
      });
    }
    offset = nextOffset;
  }
};
