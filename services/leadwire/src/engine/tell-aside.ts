import { derivedRegistry, quarantineCodec, quarantineTopic } from "@leadwire/events";
import { type EventLog, type LogRecord, RecordCursor } from "@leadwire/log";
import { logDatabase, rowsOf, type Store } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import { asideTopic } from "./aside-outlet.ts";
import { endsOf } from "./log-ends.ts";

const chunkBytes = 1 << 20;

export interface AsideTerms {
  readonly log: EventLog;
  readonly store: Store;
  readonly generation: string;
  readonly partitions: number;
  /** What an earlier call resolved to: nothing is read while there is no more. */
  readonly toldEnd?: number;
}

/**
 * Tells everybody what a generation put aside while it was built, once it serves: those that nobody has put aside before.
 * They carry a backfill id, so that no rule about records that go wrong now takes them for such. May be repeated.
 * Resolves to how many records its topic had.
 */
export const tellAside = async ({ log, store, generation, partitions, toldEnd }: AsideTerms): Promise<number> => {
  const topic = asideTopic(generation);
  if (!(await log.topics()).some(({ name }) => name === topic)) return 0;
  const ends = await endsOf(log, [topic], partitions);
  const held = ends.reduce((sum, { offset }) => sum + offset, 0);
  if (held === 0 || held === toldEnd) return held;
  const rows = await rowsOf(store, `SELECT id FROM ${logDatabase}.quarantine GROUP BY id`);
  const known = new Set(rows.map(([id]) => String(id)));
  const { decodeQuarantined } = quarantineCodec(derivedRegistry);
  const cursor = new RecordCursor();
  for (const { partition, offset: end } of ends) {
    const { start } = await log.bounds({ topic, partition });
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
  return held;
};
