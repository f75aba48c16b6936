import { type Dimension, defaultWorkspace, type FactRecord, ZoneCalendar } from "@leadwire/funnel";
import {
  arraySource,
  evaluateKpi,
  type KpiQuestion,
  metricViews,
  modelViews,
  parseWindow,
  placeWindow,
} from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveGeneration } from "./migrations/migrate.ts";
import { rowsOf } from "./rows-of.ts";
import { randomFacts } from "./testing/random-facts.ts";
import { sampleChange } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { factWriter } from "./writers/fact-writer.ts";

/** Clocks go forward within the facts, fiscal years begin in February, and weeks on Sunday. */
const workspace = {
  ...defaultWorkspace,
  timeZone: "Europe/Bucharest",
  fiscalYearStartMonth: 2,
  weekStart: 7,
  holidays: [20_515],
};
const calendar = new ZoneCalendar(workspace.timeZone);
const fromMs = Date.parse("2026-02-01T00:00:00Z");
const at = "2026-04-09T10:31:07.250Z";
const atMs = Date.parse(at);

const facts: ReadonlyArray<FactRecord> = [
  ...randomFacts(fromMs, 2_500, 23),
  // At the very instant, at a midnight, and yesterday later than today's clock shows.
  ...randomFacts(fromMs, 450, 5).map((each, index) => ({
    ...each,
    factId: `crm/x${index}/${each.kind}/0`,
    atMs: [atMs, Date.parse("2026-03-28T22:00:00Z"), atMs - 15 * 3_600_000][index % 3] ?? atMs,
  })),
];

let temporary: TemporaryStore;

beforeAll(async () => {
  temporary = await openTemporaryStore(workspace.timeZone);
  const writer = factWriter(testGeneration);
  for (const [index, each] of facts.entries()) writer.add(sampleChange(each, index), "funnel", 0);
  // A server's clock is no part of what is tested: a view by day reads the same instant as the evaluator.
  const views = modelViews(catalogue, workspace)
    .filter(({ call }) => call === undefined || call.includes("window"))
    .map((view) => ({
      ...view,
      select: view.select.replaceAll("now64(3, 'UTC')", `toDateTime64('${at.slice(0, -1)}', 3, 'UTC')`),
    }));
  for (const task of [
    writer.insert(temporary.store),
    serveGeneration(temporary.store, testGeneration, workspace.timeZone, views),
  ]) {
    const outcome = await task();
    if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  }
}, 60_000);
afterAll(() => temporary.dispose());

type Values = ReadonlyMap<string, number | null>;

const evaluated = async (question: KpiQuestion, known = facts): Promise<Values> => {
  const meta = { completeThroughMs: null, hasActivity: true };
  const source = arraySource(known);
  const answers = await evaluateKpi(question, { catalogue, workspace, calendar, source, meta });
  if (isLeft(answers)) throw new Error(answers.left.message);
  const [dimension = "company"] = question.by ?? [];
  return new Map(answers.right.map(({ group, value }) => [group[dimension] ?? "", value]));
};

const expectSame = (found: Values, expected: Values, told: string): void => {
  for (const [group, value] of found) expect(value, `${told} ${group}`).toBe(expected.get(group));
  for (const [group, value] of expected) {
    // Where no fact is found there is no row; the evaluator says 0 or nothing of the company.
    if (!found.has(group)) expect(value ?? 0, `${told} ${group} has no row`).toBe(0);
  }
};

const numberOf = (value: unknown): number | null => (value === null ? null : Number(value));

const statistics = [...catalogue.metrics.values()].flatMap((metric) =>
  metricViews(metric).map((view) => ({
    asked: view.statistic === "" ? metric.id : `${metric.id}.${view.statistic}`,
    view: view.name,
    dimensions: metric.statistics.get(view.statistic)?.dimensions ?? [],
    /** What its statement is made of. */
    shape: `${metric.statistics.get(view.statistic)?.formula._tag} ${view.parameters.join()}`,
  })),
);

/** Spend has a channel, and no owner. */
const groupingsOf = (dimensions: ReadonlyArray<Dimension>): ReadonlyArray<Dimension> =>
  (["owner", "team", "channel", "stage"] as const).filter(
    (each) => dimensions.includes(each) && !(each === "channel" && dimensions.includes("owner")),
  );

const windows = [
  ...["month", "30d", "2026-03", "all", "quarter", "week", "24h", "2026-W14", "year", "7d", "day"],
  ...["2026-03-01..2026-04-09", "2026-03-28T10:00:00+02:00..2026-04-01", "2026-Q1", "2027", "1h"],
  ...["90d", "365d", "2026-W53", "2026-03-29"],
];

/** As the view gives it: before and after everything where a window is open. */
const placed = (text: string, seenAtMs: number): ReadonlyArray<string | number | null> => {
  const spec = parseWindow(text);
  if (isLeft(spec)) throw new Error(spec.left.message);
  const window = placeWindow(spec.right, seenAtMs, calendar, workspace);
  const { fromMs, toMs, levelMs, prior, period } = window;
  const [earliestMs, latestMs] = [Date.UTC(1950, 0, 1), Date.UTC(2200, 0, 1)];
  const instants = [
    ...[fromMs ?? earliestMs, toMs ?? latestMs, window.atMs, levelMs],
    ...[prior?.fromMs ?? earliestMs, prior?.toMs ?? earliestMs, prior?.atMs ?? window.atMs],
    calendar.dayStartOf(levelMs),
  ];
  return [...instants.map((ms) => new Date(ms).toISOString().replace("T", " ").replace("Z", "")), period?.text ?? ""];
};

const instantColumns = "since, until, at, level, prior_since, prior_until, prior_at, today";

// Clocks went forward, nothing special, and the last day of a fiscal year and of a February.
test.each(["2026-03-29T02:30:00.123Z", at, "2024-01-31T23:59:59.999Z", "2028-02-29T12:00:00.000Z"])(
  "every form of window lies in SQL where it lies elsewhere, seen at %s",
  async (seenAt) => {
    const asked = windows.map(
      (window, index) =>
        `SELECT ${index} AS n, [${instantColumns.replace(/\w+/gu, "toString($&)")}] AS edges, period FROM leadwire.window_at(window = '${window}', at = '${seenAt}')`,
    );
    const rows = await rowsOf(temporary.store, `SELECT edges, period FROM (${asked.join(" UNION ALL ")}) ORDER BY n`);
    const found = rows.map(([edges, period]) => [...(Array.isArray(edges) ? edges : []), period]);
    expect(found).toEqual(windows.map((window) => placed(window, Date.parse(seenAt))));
  },
);

/** Of each shape one, and every fourth of the others: ClickHouse plans long statements for long. */
const someOfEachShape = statistics.filter(
  ({ shape }, index) => index % 4 === 0 || statistics.findIndex((other) => other.shape === shape) === index,
);

test("every view by the words of a window has the columns that it is told to have", async () => {
  const told = new Map(modelViews(catalogue, workspace).map(({ name, columns }) => [name, columns]));
  const one = statistics.filter(({ shape }, index) => statistics.findIndex((other) => other.shape === shape) === index);
  for (const { view } of one) {
    const sql = `DESCRIBE (SELECT * FROM leadwire.${view}_window(window = 'month', by = '', at = '', as_of = ''))`;
    const rows = await rowsOf(temporary.store, sql);
    expect(
      rows.map(([name, type]) => [name, type]),
      view,
    ).toEqual(told.get(`${view}_window`)?.map(({ name, type }) => [name, type]));
  }
}, 60_000);

test("a view by the words of a window gives what the evaluator gives, bit for bit", async () => {
  let numbers = 0;
  const queue = [...someOfEachShape.entries()];
  const next = async (): Promise<void> => {
    for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
      const [index, { asked, view, dimensions }] = task;
      const window = windows[index % windows.length] ?? "all";
      const by = ["company", ...groupingsOf(dimensions)][index % (1 + groupingsOf(dimensions).length)] ?? "company";
      const sql = `SELECT group_value, value FROM leadwire.${view}_window(window = '${window}', by = '${by}', at = '${at}', as_of = '')`;
      const rows = await rowsOf(temporary.store, sql);
      const found = new Map(rows.map(([group, value]) => [String(group), numberOf(value)]));
      expectSame(found, await evaluated({ metric: asked, window, atMs, by: [by] }), `${asked} ${window} ${by}`);
      numbers += [...found.values()].filter((value) => value !== null && value !== 0).length;
    }
  };
  await Promise.all([next(), next(), next(), next()]);
  expect(numbers).toBeGreaterThan(someOfEachShape.length);
}, 60_000);

/** The first days, one of 23 hours, one after it, and the one that is not over. */
const days = ["2026-02-03", "2026-03-29", "2026-03-30", "2026-04-09"];

test("a view by day gives what the evaluator gives of that day, bit for bit, of every metric that has one", async () => {
  const plain = new Set(modelViews(catalogue, workspace).map(({ name }) => name));
  const without = statistics.filter(({ view }) => !plain.has(`${view}_daily`)).map(({ asked }) => asked.split(".")[0]);
  expect([...new Set(without)]).toEqual(["forecast_accuracy", "pipeline_coverage", "quota_attainment"]);
  let numbers = 0;
  const queue = statistics.filter(({ view }) => plain.has(`${view}_daily`));
  const next = async (): Promise<void> => {
    for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
      const { asked, view, dimensions } = task;
      const sql = `SELECT toString(day), dimension, group_value, value FROM leadwire.${view}_daily WHERE day IN (${days.map((day) => `'${day}'`).join(", ")})`;
      const rows = await rowsOf(temporary.store, sql);
      const found = Map.groupBy(rows, ([day, dimension]) => `${day} ${dimension}`);
      for (const day of days)
        for (const by of ["company", ...groupingsOf(dimensions)]) {
          const values = new Map(
            found.get(`${day} ${by}`)?.map(([, , group, value]) => [String(group), numberOf(value)]),
          );
          expectSame(values, await evaluated({ metric: asked, window: day, atMs, by: [by] }), `${asked} ${day} ${by}`);
          numbers += [...values.values()].filter((value) => value !== null && value !== 0).length;
        }
    }
  };
  await Promise.all([next(), next(), next(), next()]);
  expect(numbers).toBeGreaterThan(statistics.length * days.length);
}, 60_000);

test("as of an earlier time a window counts what the log knew then", async () => {
  // Records were appended a millisecond after each other.
  const known = facts.slice(0, 1_401);
  const asOfMs = 1_770_000_000_000 + 1_400;
  const asOf = new Date(asOfMs).toISOString();
  for (const asked of ["win_rate", "mrr.level", "lead_response_time.p90"]) {
    const view = statistics.find((each) => each.asked === asked)?.view;
    for (const when of ["", at]) {
      const sql = `SELECT group_value, value FROM leadwire.${view}_window(window = 'all', by = 'team', at = '${when}', as_of = '${asOf}')`;
      const rows = await rowsOf(temporary.store, sql);
      const found = new Map(rows.map(([group, value]) => [String(group), numberOf(value)]));
      const question = { metric: asked, window: "all", atMs: when === "" ? asOfMs : atMs, by: ["team"] };
      expectSame(found, await evaluated(question, known), `${asked} ${when}`);
    }
  }
}, 30_000);
