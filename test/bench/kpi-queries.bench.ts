import { dayMs } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { evaluateKpi, type PartialSource } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { asOfSource, kpiSource, type Store, StoreError, sliceKpiSource } from "@leadwire/store";
import { openTemporaryStore, testGeneration } from "@leadwire/store/testing";
import { hoursKeptMs, minutesKeptMs } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { percentile } from "./latency-marks.ts";
import { fillStore } from "./queries/filled-store.ts";
import { heading } from "./report.ts";

/**
 * Questions over a company's history in ClickHouse: `node test/bench/kpi-queries.bench.ts [events] [rounds]`. Answers
 * from slices (bar: p99 50 ms) beside answers from facts (bar: p99 500 ms), and the server's own round trip as floor.
 */
const events = Number(process.argv[2] ?? 10_000_000);
const rounds = Number(process.argv[3] ?? 20);
const calendar = new ZoneCalendar("UTC");
const nowMs = Date.now();

const temporary = await openTemporaryStore();
const { store } = temporary;
const startedMs = performance.now();
const facts = await fillStore(store, testGeneration, events, nowMs);
const took = ((performance.now() - startedMs) / 1000).toFixed(0);
process.stdout.write(`${events.toLocaleString("en")} events: ${facts.toLocaleString("en")} facts, made in ${took} s\n`);

const rowsIn = async (sql: string, of: Store): Promise<void> => {
  const rows = await of.rows(sql)();
  if (isLeft(rows)) throw new StoreError(rows.left);
};

const ask = async (source: PartialSource, metric: string, window: string, by: ReadonlyArray<string>, region = "") => {
  const where: ReadonlyArray<readonly [string, string]> = region === "" ? [] : [["region", region]];
  const meta = { completeThroughMs: nowMs, hasActivity: true };
  const context = { catalogue, workspace: defaultWorkspace, calendar, source, meta };
  const answers = await evaluateKpi({ metric, window, atMs: nowMs, by, where }, context);
  if (isLeft(answers)) throw new Error(answers.left.message);
};

const line = (what: string, ms: ReadonlyArray<number>): void => {
  const shown = [0.5, 0.99, 1].map((share) => percentile(ms, share).toFixed(1).padStart(9)).join("");
  process.stdout.write(`${what.padEnd(52)} ${String(ms.length).padStart(6)}${shown} ms\n`);
};

const timed = async (what: string, asked: ReadonlyArray<() => Promise<void>>): Promise<void> => {
  for (const one of asked) await one();
  const ms: Array<number> = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const one of asked) {
      const fromMs = performance.now();
      await one();
      ms.push(performance.now() - fromMs);
    }
  }
  line(what, ms);
};

const windows = ["24h", "7d", "30d", "90d", "365d", "month", "quarter", "year", "all"];
const counted = ["new_leads", "win_rate", "sales", "pipeline_value", "average_deal_size", "response_within_sla"];
const percentiles = ["lead_response_time", "sales_cycle_length.p50"];
const slices = sliceKpiSource(store, { calendar, nowMs: () => nowMs, minutesKeptMs, hoursKeptMs });
const over = (source: PartialSource, metrics: ReadonlyArray<string>, by: string, region?: string) =>
  metrics.flatMap((metric) =>
    windows.map((window) => () => ask(source, metric, window, by === "" ? [] : [by], region)),
  );

heading(`questions in ClickHouse: n, p50, p99, max`);
await timed("floor: SELECT 1", [() => rowsIn("SELECT 1", store)]);
await timed("counts and sums from slices, company", over(slices, counted, ""));
await timed("counts and sums from slices, one dimension", over(slices, counted, "owner"));
await timed("percentiles from slices, company", over(slices, percentiles, ""));
await timed("percentiles from slices, one dimension", over(slices, percentiles, "owner"));
await timed(
  "from facts, filtered, one dimension",
  over(kpiSource(store), [...counted, ...percentiles], "owner", "region1"),
);
const asOf = asOfSource(store, nowMs - 30 * dayMs);
await timed("from facts as of a month ago, one dimension", over(asOf, [...counted, ...percentiles], "owner"));

await temporary.dispose();
