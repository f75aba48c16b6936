import type { QuarantinedRecord, QuarantineReason } from "@leadwire/events";
import { logDatabase, type Store, StoreError } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import type { QuarantineEntry } from "./engine.ts";
import type { AsideCounts } from "./ledger-report.ts";

const table = `${logDatabase}.quarantine`;

const rowsOf = async (store: Store, sql: string, parameters: Record<string, string | number> = {}) => {
  const rows = await store.rows(sql, { parameters })();
  if (isLeft(rows)) throw new StoreError(rows.left);
  return rows.right;
};

/** How many distinct records a door put aside, by source system: those that stand in no topic of events. */
export const asideCounts = async (store: Store): Promise<AsideCounts> => {
  const rows = await rowsOf(
    store,
    `SELECT source_system, uniqExact(id) FROM ${table} WHERE partition IS NULL GROUP BY source_system`,
  );
  return new Map(rows.map(([source, count]) => [String(source), Number(count)]));
};

/** The newest quarantined records first. */
export const quarantineList = async (store: Store, limit: number): Promise<ReadonlyArray<QuarantineEntry>> => {
  const rows = await rowsOf(
    store,
    `SELECT id, any(source_system), any(origin), any(position), any(reason), any(detail), min(append_time)
     FROM ${table} GROUP BY id ORDER BY min(append_time) DESC, any(origin), any(position), id LIMIT {limit:UInt32}`,
    { limit },
  );
  return rows.map(([id, source, origin, position, reason, detail, at]) => ({
    id: String(id),
    source: String(source),
    origin: String(origin),
    position: Number(position),
    reason: String(reason) as QuarantineReason,
    detail: String(detail),
    at: `${String(at).replace(" ", "T")}Z`,
  }));
};

/** One quarantined record with its original bytes. */
export const quarantineShow = async (store: Store, id: string): Promise<QuarantinedRecord | null> => {
  const [row] = await rowsOf(
    store,
    `SELECT id, source_system, origin, partition, position, reason, detail, base64Encode(bytes),
       if(appended_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(appended_at)))
     FROM ${table} WHERE id = {id:String} LIMIT 1`,
    { id },
  );
  if (row === undefined) return null;
  const [, source, origin, partition, position, reason, detail, bytes, appendedAt] = row;
  return {
    id,
    source_system: String(source),
    origin: String(origin),
    ...(partition === null || partition === undefined ? {} : { partition: Number(partition) }),
    position: Number(position),
    reason: String(reason) as QuarantineReason,
    detail: String(detail),
    bytes: Buffer.from(String(bytes), "base64"),
    ...(appendedAt === null || appendedAt === undefined ? {} : { appended_at: Number(appendedAt) }),
  };
};
