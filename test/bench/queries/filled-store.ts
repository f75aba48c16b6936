import { dayMs } from "@leadwire/events";
import { factKinds } from "@leadwire/funnel";
import { type Measure, measures } from "@leadwire/kpis";
import { generationDatabase, type Store, StoreError } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";

/** A company's facts, made by ClickHouse itself: how many of each kind 10 million events come to. */
const sharesOfKinds = {
  lead_created: 0.1,
  lead_responded: 0.09,
  lead_sla: 0.1,
  lead_qualified: 0.05,
  lead_won: 0.02,
  deal_pipeline: 0.3,
  deal_closed: 0.05,
  sale: 0.06,
  stage_entered: 0.3,
  stage_left: 0.3,
  activity: 0.4,
  mrr_moved: 0.03,
  customer_active: 0.03,
} as const;
type FilledKind = keyof typeof sharesOfKinds;

const outcomes: Partial<Record<FilledKind, ReadonlyArray<string>>> = {
  lead_responded: ["first_touch"],
  lead_sla: ["met", "missed"],
  deal_closed: ["won", "lost", "lost", "no_decision"],
  stage_entered: ["entered", "skipped"],
  stage_left: ["advanced", "lost"],
  activity: ["call", "email", "message", "meeting_held"],
  mrr_moved: ["new", "expansion", "contraction", "churn"],
};

const freshParts = 8;
/** What the embedded server's memory takes in one insert. */
const rowsAtOnce = 200_000;
const historyDays = 3 * 365;
/** Slices by several dimensions of every measure would only lie beside those that are asked. */
const slicedDimensions = ["owner", "channel"] as const;

const run = async (store: Store, sql: string): Promise<void> => {
  const done = await store.command(sql)();
  if (isLeft(done)) throw new StoreError(done.left);
};

const listOf = (texts: ReadonlyArray<string>): string => `[${texts.map((text) => `'${text}'`).join(", ")}]`;

/** `h(n)` differs for each use of a row's number, so that columns do not move together. */
const hash = (use: string): string => `cityHash64(number, '${use}')`;
const named = (name: string, count: number): string => `concat('${name}', toString(${hash(name)} % ${count}))`;

type Chunk = readonly [from: number, to: number];

/** Times spread over the years, the last at `nowMs`. */
const factsSql = (database: string, kind: FilledKind, rows: number, [from, to]: Chunk, nowMs: number): string => {
  const outcome = outcomes[kind];
  const hasDuration = kind === "lead_responded" || kind === "deal_closed" || kind === "stage_left";
  const durationMs = `toInt64(exp((${hash("d")} % 10000) / 700.) * 1000)`;
  const passedMs = `toInt64(number / ${rows} * ${historyDays * dayMs})`;
  const at = `fromUnixTimestamp64Milli(${nowMs - historyDays * dayMs} + ${passedMs} - toInt64(${hash("at")} % 3600000), 'UTC')`;
  const isLevel = kind === "deal_pipeline" || kind === "mrr_moved" || kind === "customer_active";
  const columns = {
    fact_id: `concat('crm/', hex(${hash("id")}), '/${kind}/0')`,
    kind: `'${kind}'`,
    at,
    outcome: outcome === undefined ? "''" : `${listOf(outcome)}[${hash("o")} % ${outcome.length} + 1]`,
    count: isLevel ? `if(number % 2 = 0, 1, -1)` : "1",
    amount_minor: `toInt64(${hash("a")} % 5000000) * if(${isLevel ? "number % 2 = 0" : "1"}, 1, -1)`,
    units: "1",
    duration_ms: hasDuration ? durationMs : "NULL",
    bin: hasDuration
      ? `toInt32(ceil(log(${durationMs}) / log(1.009)) + 1)`
      : kind === "deal_pipeline"
        ? "2500"
        : "NULL",
    cohort_at: at,
    lead_id: `concat('L', toString(${hash("lead")} % 1000000))`,
    deal_id: `concat('L', toString(${hash("lead")} % 1000000))`,
    account_id: `concat('A', toString(${hash("account")} % 100000))`,
    owner: named("rep", 60),
    team: named("team", 8),
    region: named("region", 5),
    channel: named("channel", 7),
    campaign: named("campaign", 40),
    segment: named("segment", 4),
    product: named("product", 12),
    pipeline: "'default'",
    stage: named("stage", 6),
    present: "1",
    origin: kind === "mrr_moved" || kind === "customer_active" ? "'accounts'" : "'funnel'",
    partition: `toInt32(${hash("p")} % 12)`,
    version: "toInt64(number)",
    append_time: `${at} + toIntervalSecond(${hash("late")} % 3600)`,
    cause_source: "'crm'",
    cause_event_id: `hex(${hash("id")})`,
  };
  const [names, values] = [Object.keys(columns), Object.values(columns)];
  return `INSERT INTO ${database}.fact_history (${names.join(", ")}) SELECT ${values.join(", ")} FROM numbers(${from}, ${to - from})`;
};

const startOf = { day: "toStartOfDay(at)", hour: "toStartOfHour(at)", minute: "toStartOfMinute(at)" } as const;
const keptMs = { day: historyDays * dayMs, hour: 400 * dayMs, minute: 49 * 3_600_000 } as const;
type Granularity = keyof typeof startOf;

const slicesSql = (database: string, measure: Measure, dimension: string, of: Granularity, nowMs: number): string => {
  const value = dimension === "company" ? "''" : `toString(${dimension})`;
  const sum =
    measure.value === "amountMinor" ? "amount_minor" : measure.value === "durationMs" ? "ifNull(duration_ms, 0)" : "0";
  const { outcomes: taken } = measure;
  const outcome = taken === undefined ? "" : ` AND outcome IN (${taken.map((one) => `'${one}'`).join(", ")})`;
  const known = measure.value === "durationMs" ? " AND duration_ms IS NOT NULL" : "";
  return `INSERT INTO ${database}.slices SELECT '${measure.id}', '${dimension}', ${value}, '${of}', ${startOf[of]},
    ${measure.binned ? "ifNull(bin, -1)" : "-1"} AS b, 'funnel', partition, max(version), sum(count), sum(${sum})
  FROM ${database}.facts_latest WHERE kind = '${measure.kind}'${outcome}${known}
    AND at > fromUnixTimestamp64Milli(toInt64(${nowMs - keptMs[of]}), 'UTC')
  GROUP BY 3, 5, b, partition`;
};

const isFilled = ({ kind, value }: Measure): boolean =>
  kind in sharesOfKinds && (value === "none" || value === "amountMinor" || value === "durationMs");

/** How many facts `events` events come to. */
const factsOfEvents = (events: number): number =>
  Object.values(sharesOfKinds).reduce((sum, share) => sum + Math.round(events * share), 0);

/** As many events as come to about so many facts. */
export const eventsOfFacts = (facts: number): number => Math.round((facts * 1_000_000) / factsOfEvents(1_000_000));

/** The facts of `events` events, ending at `nowMs`; without the slices that stand beside them. */
export const fillFacts = async (store: Store, generation: string, events: number, nowMs: number): Promise<number> => {
  const database = generationDatabase(generation);
  let facts = 0;
  for (const kind of factKinds) {
    if (!(kind in sharesOfKinds)) continue;
    const rows = Math.round(events * sharesOfKinds[kind as FilledKind]);
    for (let from = 0; from < rows; from += rowsAtOnce) {
      await run(store, factsSql(database, kind as FilledKind, rows, [from, Math.min(rows, from + rowsAtOnce)], nowMs));
    }
    facts += rows;
  }
  return facts;
};

/** Fills a generation as `events` events would, ending at `nowMs`. */
export const fillStore = async (store: Store, generation: string, events: number, nowMs: number): Promise<number> => {
  const database = generationDatabase(generation);
  const facts = await fillFacts(store, generation, events, nowMs);
  for (const measure of measures.filter(isFilled)) {
    for (const dimension of ["company", ...slicedDimensions]) {
      for (const granularity of ["day", "hour", "minute"] as const) {
        await run(store, slicesSql(database, measure, dimension, granularity, nowMs));
      }
    }
  }
  // As after some days of merges; then the last hours' inserts, which are not merged yet.
  await run(store, `OPTIMIZE TABLE ${database}.slices FINAL`);
  for (let part = 0; part < freshParts; part += 1) {
    await run(
      store,
      `INSERT INTO ${database}.slices SELECT * REPLACE (version + 1 AS version) FROM ${database}.slices
       WHERE start > fromUnixTimestamp64Milli(toInt64(${nowMs - dayMs}), 'UTC') AND cityHash64(value, start) % ${freshParts} = ${part}`,
    );
  }
  return facts;
};
