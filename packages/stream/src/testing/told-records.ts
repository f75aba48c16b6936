import { RecordCursor, stampBatch } from "@leadwire/log";
import type { OutputBatch } from "../core/task-output.ts";

/** A record that a task has put out. */
export interface ToldRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The records of outputs, one by one, in the order told. */
export const toldRecords = (outputs: ReadonlyArray<OutputBatch>): ReadonlyArray<ToldRecord> =>
  outputs.flatMap(({ topic, partition, batch }) => {
    const stamped = Buffer.from(batch);
    stampBatch(stamped, 0, 0);
    const cursor = new RecordCursor();
    cursor.reset(stamped, 0);
    const records: Array<ToldRecord> = [];
    while (cursor.next()) {
      const { bytes, keyStart, keyEnd, valueStart, valueEnd } = cursor;
      const key = bytes.toString("utf8", keyStart, keyEnd);
      records.push({ topic, partition, key, value: bytes.subarray(valueStart, valueEnd), headers: cursor.headers() });
    }
    return records;
  });
