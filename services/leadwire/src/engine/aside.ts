import type { QuarantineReason, SchemaRegistry } from "@leadwire/events";
import { logDatabase, rowsOf, type Store } from "@leadwire/store";
import { type EventJson, identityOf, readBack } from "../quarantine/read-back.ts";
import type { QuarantineEntry, Settled, ShownQuarantined } from "./engine.ts";
import type { AsideCounts } from "./ledger-report.ts";

const table = `${logDatabase}.quarantine`;

/** How many distinct records a door put aside, by source system: those that stand in no topic of events. */
export const asideCounts = async (store: Store): Promise<AsideCounts> => {
  const rows = await rowsOf(
    store,
    `SELECT source_system, uniqExact(id) FROM ${table} WHERE partition IS NULL GROUP BY source_system`,
  );
  return new Map(rows.map(([source, count]) => [String(source), Number(count)]));
};

/** Larger records are not looked into for a list. */
const readBytesMax = 64 * 1024;

const quarantinedOf = (id: unknown, origin: unknown, partition: unknown, position: unknown, bytes: unknown) => ({
  id: String(id),
  origin: String(origin),
  ...(partition === null || partition === undefined ? {} : { partition: Number(partition) }),
  position: Number(position),
  bytes: Buffer.from(String(bytes), "base64"),
});

const settledField = (settled: Settled | undefined) => (settled === undefined ? {} : { settled });

/**
 * Which of these came into use after all: the event of their identity counts, from another place of the log, with their
 * revision (replayed, or sent again) or a higher one (repaired). One whose bytes do not say which event it is has none.
 */
const settledById = async (
  store: Store,
  records: ReadonlyArray<{ readonly id: string; readonly event: EventJson | undefined }>,
): Promise<ReadonlyMap<string, Settled>> => {
  const known = records.flatMap(({ id, event }) => {
    const identity = event === undefined ? undefined : identityOf(event);
    return identity === undefined ? [] : [{ id, ...identity }];
  });
  const settled = new Map<string, Settled>();
  if (known.length === 0) return settled;
  const rows = await rowsOf(
    store,
    `SELECT source_system, event_id, revision FROM ${logDatabase}.events_latest FINAL
     WHERE source_system IN {sources:Array(String)} AND event_id IN {events:Array(String)}
       AND (topic, partition, offset) GLOBAL NOT IN (
         SELECT origin, assumeNotNull(partition), position FROM ${table} WHERE isNotNull(partition)
       )`,
    { sources: [...new Set(known.map(({ source }) => source))], events: known.map(({ eventId }) => eventId) },
  );
  const keyOf = (source: string, eventId: string): string => JSON.stringify([source, eventId]);
  const inUse = new Map(
    rows.map(([source, event, revision]) => [keyOf(String(source), String(event)), Number(revision)]),
  );
  for (const { id, source, eventId, revision } of known) {
    const now = inUse.get(keyOf(source, eventId));
    if (now !== undefined && now >= revision) settled.set(id, now > revision ? "repaired" : "replayed");
  }
  return settled;
};

/** The newest quarantined records first. */
export const quarantineList = async (
  store: Store,
  limit: number,
  reason: string | undefined,
  registry?: SchemaRegistry,
): Promise<ReadonlyArray<QuarantineEntry>> => {
  const where = reason === undefined ? "" : "WHERE reason = {reason:String} ";
  const rows = await rowsOf(
    store,
    `SELECT id, any(source_system), any(origin), any(position), any(reason), any(detail), min(append_time),
       any(partition), if(length(any(bytes)) > ${readBytesMax}, '', base64Encode(any(bytes)))
     FROM ${table} ${where}GROUP BY id ORDER BY min(append_time) DESC, any(origin), any(position), id LIMIT {limit:UInt32}`,
    { limit, ...(reason === undefined ? {} : { reason }) },
  );
  const settled = await settledById(
    store,
    rows.map(([id, , origin, position, , , , partition, bytes]) => {
      const record = quarantinedOf(id, origin, partition, position, bytes);
      return { id: record.id, event: readBack(record, registry) };
    }),
  );
  return rows.map(([id, source, origin, position, reason, detail, at]) => ({
    id: String(id),
    source: String(source),
    origin: String(origin),
    position: Number(position),
    reason: String(reason) as QuarantineReason,
    detail: String(detail),
    at: `${String(at).replace(" ", "T")}Z`,
    ...settledField(settled.get(String(id))),
  }));
};

/** One quarantined record with its original bytes. */
export const quarantineShow = async (
  store: Store,
  id: string,
  registry?: SchemaRegistry,
): Promise<ShownQuarantined | null> => {
  const [row] = await rowsOf(
    store,
    `SELECT id, source_system, origin, partition, position, reason, detail, base64Encode(bytes),
       if(appended_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(appended_at)))
     FROM ${table} WHERE id = {id:String} LIMIT 1`,
    { id },
  );
  if (row === undefined) return null;
  const [, source, origin, partition, position, reason, detail, bytes, appendedAt] = row;
  const place = quarantinedOf(id, origin, partition, position, bytes);
  const event = readBack(place, registry);
  const settled = await settledById(store, [{ id, event }]);
  return {
    id,
    source_system: String(source),
    origin: String(origin),
    ...(partition === null || partition === undefined ? {} : { partition: Number(partition) }),
    position: Number(position),
    reason: String(reason) as QuarantineReason,
    detail: String(detail),
    bytes: place.bytes,
    ...(event === undefined ? {} : { event }),
    ...settledField(settled.get(id)),
    ...(appendedAt === null || appendedAt === undefined ? {} : { appended_at: Number(appendedAt) }),
  };
};
