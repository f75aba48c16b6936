import { dayOfText, type FactKind, factKinds } from "@leadwire/funnel";
import { instantParam, type SqlText } from "@leadwire/kpis";
import type { EventName } from "../fact-events.ts";
import type { ReportContext } from "../report.ts";
import { reportRows } from "../report-rows.ts";

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

/** Where the fact of a row lay before it, too, where the row moved it: that period lost it. */
const placedRows = (history: string): string => {
  const moved = `SELECT cityHash64(fact_id) FROM (${history}) GROUP BY cityHash64(fact_id)
    HAVING min(at) != max(at) AND max(append_time) >= ${instantParam("since")}`;
  const before = "lagInFrame(at, 1, at) OVER (PARTITION BY fact_id ORDER BY version)";
  const cause = "kind, origin, partition, version, append_time, cause_source, cause_event_id";
  return `SELECT ${cause}, at AS placed FROM (${history}) WHERE append_time >= ${instantParam("since")}
  UNION ALL
  SELECT ${cause}, placed FROM (
    SELECT ${cause}, at, ${before} AS placed FROM (${history}) WHERE cityHash64(fact_id) GLOBAL IN (${moved})
  ) WHERE placed != at AND append_time >= ${instantParam("since")}`;
};

/** Kinds whose facts come from the account log: their version is a position in that. */
const accountKinds: ReadonlyArray<FactKind> = ["customer_new", "customer_active", "mrr_moved", "survey"];

const change = "kind, append_time, cause_source, cause_event_id, starts";

/** Late rows with the place of the causing record in the log. */
const located = (late: string): string =>
  `SELECT ${change}, concat('leadwire.', origin) AS topic_of, partition AS partition_of, version AS offset_of FROM (${late})`;

/** The same of the account log: the events' own places are looked up. */
const locatedByEvent = (late: string): string => `SELECT ${change}, topic AS topic_of, partition_of, offset AS offset_of
  FROM (${late}) AS late GLOBAL LEFT JOIN (
    SELECT source_system, event_id, topic, partition AS partition_of, offset FROM leadwire_log.events_latest FINAL
    WHERE (source_system, event_id) GLOBAL IN (SELECT cause_source, cause_event_id FROM (${late}))
  ) AS places ON source_system = cause_source AND event_id = cause_event_id`;

/** Rows of some kinds whose record was appended too late for the period that the fact lies in. */
const lateRows = (query: LateQuery, kinds: ReadonlyArray<FactKind>, { workspace }: ReportContext): string => {
  const { period, fromMs, toMs } = query;
  const named = kinds.map((kind) => `'${kind}'`).join(", ");
  const history = `SELECT kind, origin, partition, version, append_time, cause_source, cause_event_id, fact_id, at
    FROM leadwire.fact_history WHERE kind IN (${named})`;
  const zone = workspace.timeZone.replaceAll("'", "");
  const first = workspace.fiscalYearStartMonth;
  const into = `(toMonth(placed, '${zone}') + 12 - ${first}) % ${months[period]}`;
  const ends = `toDateTime64(addMonths(starts, ${months[period]}), 3, '${zone}')`;
  return `SELECT *, addMonths(toStartOfMonth(placed, '${zone}'), -(${into})) AS starts FROM (${placedRows(history)})
  WHERE append_time > addMilliseconds(${ends}, {grace:Int64})
  ${fromMs === null ? "" : `AND placed >= ${instantParam("from")}`} ${toMs === null ? "" : `AND placed < ${instantParam("to")}`}`;
};

/**
 * Changes whose causing record was appended after the end plus grace of the calendar period that their fact lies in,
 * newest first: one for each period and append time, or backfill. A fact that moved changes the period it left, too.
 */
const lateSql = (query: LateQuery, context: ReportContext): SqlText => {
  const { sinceMs, fromMs, toMs, limit } = query;
  const ofAccounts = query.kinds.filter((kind) => accountKinds.includes(kind));
  const others = query.kinds.filter((kind) => !accountKinds.includes(kind));
  const rows = [
    ...(others.length === 0 ? [] : [located(lateRows(query, others, context))]),
    ...(ofAccounts.length === 0 ? [] : [locatedByEvent(lateRows(query, ofAccounts, context))]),
  ].join("\nUNION ALL\n");
  return {
    sql: `SELECT toString(starts), backfill_of, toUnixTimestamp64Milli(min(append_time)),
  toUnixTimestamp64Milli(max(append_time)) AS newest, arraySort(groupUniqArray(toString(kind))),
  uniqExact(cause_source, cause_event_id), arraySort(groupUniqArray(${eventsShown})((cause_source, cause_event_id)))
FROM (
  SELECT ${change}, if(runs.last_offset >= offset_of, runs.backfill, '') AS backfill_of
  FROM (${rows}) AS located
  ASOF LEFT JOIN (SELECT * FROM leadwire_log.backfills FINAL) AS runs
    ON runs.topic = topic_of AND runs.partition = partition_of AND offset_of >= runs.first_offset
)
GROUP BY starts, backfill_of, if(backfill_of = '', append_time, toDateTime64(0, 3, 'UTC'))
ORDER BY newest DESC, starts DESC, backfill_of LIMIT ${limit}`,
    params: {
      since: sinceMs,
      grace: context.workspace.graceMs,
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
