import { dayOfText, type FactKind, factKinds } from "@leadwire/funnel";
import type { SqlText } from "@leadwire/kpis";
import type { EventName } from "./fact-events.ts";
import type { ReportContext } from "./report.ts";
import { reportRows } from "./report-rows.ts";

export type ClosedPeriod = "month" | "quarter" | "year";

/** What one event, or one backfill, changed of one closed period. */
export interface LateChange {
  /** The period's first local day. */
  readonly startDay: number;
  /** Empty for a live event. */
  readonly backfill: string;
  /** Append times of its first and its last record that changed the period. */
  readonly firstAppendMs: number;
  readonly lastAppendMs: number;
  readonly kinds: ReadonlyArray<FactKind>;
  /** How many events, and some of them. */
  readonly eventCount: number;
  readonly events: ReadonlyArray<EventName>;
}

export interface LateQuery {
  readonly period: ClosedPeriod;
  /** Of the causing record's append time; included. */
  readonly sinceMs: number;
  /** Of the facts' own time: from included, to excluded; null is open. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly kinds: ReadonlyArray<FactKind>;
  readonly limit: number;
}

const months: Readonly<Record<ClosedPeriod, number>> = { month: 1, quarter: 3, year: 12 };
const eventsShown = 5;

const instant = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

/** Where the fact of a row lay before it, too, where the row moved it: that period lost it. */
const placedRows = (history: string): string => {
  const moved = `SELECT sipHash128(fact_id) FROM (${history}) GROUP BY sipHash128(fact_id)
    HAVING min(at) != max(at) AND max(append_time) >= ${instant("since")}`;
  const before = "lagInFrame(at, 1, at) OVER (PARTITION BY fact_id ORDER BY version)";
  const cause = "kind, origin, partition, version, append_time, cause_source, cause_event_id";
  return `SELECT ${cause}, at AS placed FROM (${history}) WHERE append_time >= ${instant("since")}
  UNION ALL
  SELECT ${cause}, placed FROM (
    SELECT ${cause}, at, ${before} AS placed FROM (${history}) WHERE sipHash128(fact_id) GLOBAL IN (${moved})
  ) WHERE placed != at AND append_time >= ${instant("since")}`;
};

/** Facts of accounts come from the account log: their events' own places are looked up. */
const located = (rows: string): string => `SELECT late.*,
    if(origin = 'accounts', where_from.topic, concat('leadwire.', origin)) AS topic_of,
    if(origin = 'accounts', where_from.partition, late.partition) AS partition_of,
    if(origin = 'accounts', where_from.offset, late.version) AS offset_of
  FROM (${rows}) AS late GLOBAL LEFT JOIN (
    SELECT source_system, event_id, topic, partition, offset FROM leadwire_log.events_latest FINAL
    WHERE (source_system, event_id) GLOBAL IN (
      SELECT cause_source, cause_event_id FROM (${rows}) WHERE origin = 'accounts'
    )
  ) AS where_from ON where_from.source_system = cause_source AND where_from.event_id = cause_event_id`;

/**
 * Changes whose causing record was appended after the end plus grace of the calendar period that their fact lies in,
 * newest first: one for each period and append time, or backfill. A fact that moved changes the period it left, too.
 */
const lateSql = (query: LateQuery, { workspace }: ReportContext): SqlText => {
  const { period, sinceMs, fromMs, toMs, limit } = query;
  const kinds = query.kinds.map((kind) => `'${kind}'`).join(", ");
  const history = `SELECT kind, origin, partition, version, append_time, cause_source, cause_event_id, fact_id, at
    FROM leadwire.fact_history WHERE kind IN (${kinds})`;
  const zone = workspace.timeZone.replaceAll("'", "");
  const firstMonth = workspace.fiscalYearStartMonth;
  const start = `addMonths(toStartOfMonth(placed, '${zone}'), -((toMonth(placed, '${zone}') + 12 - ${firstMonth}) % ${months[period]}))`;
  const late = `SELECT *, ${start} AS starts FROM (${placedRows(history)})
  WHERE append_time > addMilliseconds(toDateTime64(addMonths(starts, ${months[period]}), 3, '${zone}'), {grace:Int64})
  ${fromMs === null ? "" : `AND placed >= ${instant("from")}`} ${toMs === null ? "" : `AND placed < ${instant("to")}`}`;
  return {
    sql: `SELECT toString(starts), backfill_of, toUnixTimestamp64Milli(min(append_time)),
  toUnixTimestamp64Milli(max(append_time)) AS newest, arraySort(groupUniqArray(toString(kind))),
  uniqExact(cause_source, cause_event_id), arraySort(groupUniqArray(${eventsShown})((cause_source, cause_event_id)))
FROM (
  SELECT located.*, if(runs.last_offset >= offset_of, runs.backfill, '') AS backfill_of
  FROM (${located(late)}) AS located
  ASOF LEFT JOIN (SELECT * FROM leadwire_log.backfills FINAL) AS runs
    ON runs.topic = topic_of AND runs.partition = partition_of AND offset_of >= runs.first_offset
)
GROUP BY starts, backfill_of, if(backfill_of = '', append_time, toDateTime64(0, 3, 'UTC'))
ORDER BY newest DESC, starts DESC, backfill_of LIMIT ${limit}`,
    params: {
      since: sinceMs,
      grace: workspace.graceMs,
      ...(fromMs === null ? {} : { from: fromMs }),
      ...(toMs === null ? {} : { to: toMs }),
    },
  };
};

const listOf = (cell: unknown): ReadonlyArray<unknown> => (Array.isArray(cell) ? cell : []);

/** The late changes that a query asks for. Rejects with StoreError. */
export const readLateChanges = async (context: ReportContext, query: LateQuery): Promise<ReadonlyArray<LateChange>> => {
  if (query.kinds.length === 0) return [];
  const rows = await reportRows(context.store, lateSql(query, context));
  return rows.map(([start, backfill, first, last, kinds, count, events]): LateChange => {
    const startDay = dayOfText(String(start));
    if (startDay === undefined) throw new TypeError(`expected a day from SQL, found ${JSON.stringify(start)}`);
    const names = listOf(kinds).map(String);
    return {
      startDay,
      backfill: String(backfill),
      firstAppendMs: Number(first),
      lastAppendMs: Number(last),
      kinds: factKinds.filter((kind) => names.includes(kind)),
      eventCount: Number(count),
      events: listOf(events).map((cell) => {
        const [source, id] = listOf(cell);
        return { source: String(source), id: String(id) };
      }),
    };
  });
};
