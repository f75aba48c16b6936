import type { FactKind } from "@leadwire/funnel";
import { type PartialSource, partialSql, partialsOfRows, planEntriesOfRows, planSql } from "@leadwire/kpis";
import { logDatabase, viewDatabase } from "./model/database.ts";
import { rowsOf } from "./rows-of.ts";
import type { Store } from "./store.ts";

/** `2026-04-01 00:00:00.000`, in UTC: how a view's parameter is written. */
const instantText = (ms: number): string => new Date(ms).toISOString().replace("T", " ").replace("Z", "");

/** The facts of one kind as the log knew them at an instant: what stands after FROM. */
export const factsAsOf = (kind: FactKind, asOfMs: number): string =>
  `${viewDatabase}.facts_of_kind_as_of(kind = '${kind}', as_of = '${instantText(asOfMs)}')`;

const planKinds = ["target", "forecast"] as const;

/** The same for the engine alone. */
const engineFactsAsOf = (kind: FactKind, asOfMs: number): string =>
  `${logDatabase}.engine_facts_as_of(kind = '${kind}', as_of = '${instantText(asOfMs)}')`;

/** Answers measures as the log knew them at an instant, by the time of appending. Rejects with StoreError. */
export const asOfSource = (store: Store, asOfMs: number): Required<PartialSource> => ({
  partials: async (query) => {
    const { sql, params } = partialSql(query, engineFactsAsOf(query.measure.kind, asOfMs));
    return partialsOfRows(query, await rowsOf(store, sql, params));
  },
  planEntries: async () => {
    const found = await Promise.all(
      planKinds.map(async (kind) => planEntriesOfRows(await rowsOf(store, planSql(engineFactsAsOf(kind, asOfMs))))),
    );
    return found.flat();
  },
});

/** What the log held at an instant. */
export interface LogAsOf {
  /** When the first record was appended; null in an empty log. */
  readonly firstAppendMs: number | null;
  /** The newest event time of what was appended by then, quarantined records left out; null before the first. */
  readonly newestEventMs: number | null;
  readonly hasActivity: boolean;
}

const appended = "append_time <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')";
const counts = `(topic, partition, offset) GLOBAL NOT IN (
  SELECT origin, assumeNotNull(partition), position FROM ${logDatabase}.quarantine WHERE isNotNull(partition)
)`;

const logSql = `SELECT
  minOrNull(toUnixTimestamp64Milli(append_time)),
  maxOrNullIf(toUnixTimestamp64Milli(occurred_at), ${appended} AND ${counts}),
  countIf(type = 'activity-logged' AND ${appended}) > 0
FROM ${logDatabase}.events`;

const msOf = (cell: unknown): number | null => (cell === null || cell === undefined ? null : Number(cell));

/** What the log held at an instant, of all records that are stored. Rejects with StoreError. */
export const readLogAsOf = async (store: Store, asOfMs: number): Promise<LogAsOf> => {
  const [row = []] = await rowsOf(store, logSql, { as_of: asOfMs });
  const [first, newest, activity] = row;
  return { firstAppendMs: msOf(first), newestEventMs: msOf(newest), hasActivity: Number(activity ?? 0) > 0 };
};
