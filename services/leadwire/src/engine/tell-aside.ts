import { derivedRegistry, quarantineCodec, quarantineTopic } from "@leadwire/events";
import { type EventLog, type LogRecord, RecordCursor } from "@leadwire/log";
import { logDatabase, rowsOf, type Store } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import { asideTopic } from "./aside-outlet.ts";

const chunkBytes = 1 << 20;

/**
 * Tells everybody what a generation put aside while it was built, once it serves: those that nobody has put aside before.
 * They carry a backfill id, so that no rule about records that go wrong now takes them for such. May be repeated.
 */
export const tellAside = async (log: EventLog, store: Store, generation: string, partitions: number): Promise<void> => {
  const topic = asideTopic(generation);
  if (!(await log.topics()).some(({ name }) => name === topic)) return;
  const rows = await rowsOf(store, `SELECT id FROM ${logDatabase}.quarantine GROUP BY id`);
  const known = new Set(rows.map(([id]) => String(id)));
  const { decodeQuarantined } = quarantineCodec(derivedRegistry);
  const cursor = new RecordCursor();
  for (let partition = 0; partition < partitions; partition += 1) {
    const { start, end } = await log.bounds({ topic, partition });
    for (let at = start; at < end; ) {
      const chunk = await log.read({ topic, partition }, at, chunkBytes);
      if (chunk.nextOffset === at) break;
      const records: Array<LogRecord> = [];
      cursor.reset(chunk.bytes, at);
      while (cursor.next()) {
        const value = Buffer.from(cursor.bytes.subarray(Math.max(cursor.valueStart, 0), Math.max(cursor.valueEnd, 0)));
        const decoded = decodeQuarantined(value);
        if (isLeft(decoded) || known.has(decoded.right.id)) continue;
        const { id } = decoded.right;
        known.add(id);
        const headers = { backfill: `rebuild-${generation}` };
        records.push({ topic: quarantineTopic, partition, key: Buffer.from(id), value, headers });
      }
      if (records.length > 0) await log.append(records);
      at = chunk.nextOffset;
    }
  }
};
