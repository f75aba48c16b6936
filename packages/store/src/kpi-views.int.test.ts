import { type Dimension, defaultWorkspace, type FactRecord, ZoneCalendar } from "@leadwire/funnel";
import {
  answerSql,
  arraySource,
  bandSql,
  bandsOfRows,
  checkQuestion,
  evaluateKpi,
  filledSql,
  type KpiAnswer,
  type KpiQuestion,
  type MetricView,
  metricViews,
  planKpi,
  type ViewParameter,
} from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveGeneration } from "./migrations/migrate.ts";
import { randomFacts } from "./testing/random-facts.ts";
import { sampleChange } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { factWriter } from "./writers/fact-writer.ts";

const fromMs = Date.parse("2026-01-01T00:00:00Z");
const atText = "2026-03-01T00:00:00Z";
let temporary: TemporaryStore;
let facts: ReadonlyArray<FactRecord>;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  facts = randomFacts(fromMs, 2_500, 11);
  const writer = factWriter(testGeneration);
  for (const [index, each] of facts.entries()) writer.add(sampleChange(each, index), "funnel", 0);
  const views = [...catalogue.metrics.values()].flatMap(metricViews);
  for (const task of [writer.insert(temporary.store), serveGeneration(temporary.store, testGeneration, "UTC", views)]) {
    const outcome = await task();
    if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  }
});
afterAll(() => temporary.dispose());

const parameters: Readonly<Record<Exclude<ViewParameter, "by">, string>> = {
  since: "'2026-02-01'",
  until: "'2026-03-01'",
  at: "'2026-03-01'",
  prior_since: "'2026-01-01'",
  prior_until: "'2026-02-01'",
  prior_at: "'2026-03-01'",
  today: "'2026-03-01'",
  period: "'2026-02'",
  months: "1",
  days_begun: "20",
  days_all: "20",
};

const valuesOfView = async (view: MetricView, by: string): Promise<ReadonlyMap<string, number | null>> => {
  const asked = view.parameters.map((each) => `${each} = ${each === "by" ? `'${by}'` : parameters[each]}`);
  const rows = await temporary.store.rows(
    `SELECT group_value, value FROM leadwire.${view.name}(${asked.join(", ")})`,
  )();
  if (isLeft(rows)) throw new Error(`${view.name}: ${JSON.stringify(rows.left)}`);
  return new Map(rows.right.map(([group, value]) => [String(group), value === null ? null : Number(value)]));
};

const calendar = new ZoneCalendar("UTC");

const evaluated = async (question: KpiQuestion): Promise<ReadonlyArray<KpiAnswer>> => {
  const source = arraySource(facts);
  const meta = { completeThroughMs: null, hasActivity: true };
  const answers = await evaluateKpi(question, { catalogue, workspace: defaultWorkspace, calendar, source, meta });
  if (isLeft(answers)) throw new Error(answers.left.message);
  return answers.right;
};

const answersBy = (metric: string, by: ReadonlyArray<string>): Promise<ReadonlyArray<KpiAnswer>> =>
  evaluated({ metric, window: "2026-02", atMs: Date.parse(atText), by });

const statistics = [...catalogue.metrics.values()].flatMap((metric) =>
  metricViews(metric).map((view) => ({
    name: view.statistic === "" ? metric.id : `${metric.id}.${view.statistic}`,
    view,
    dimensions: metric.statistics.get(view.statistic)?.dimensions ?? [],
  })),
);
/** Spend has a channel, and no owner. */
const groupingsOf = (dimensions: ReadonlyArray<Dimension>): ReadonlyArray<Dimension> =>
  (["owner", "team", "channel", "stage"] as const).filter(
    (each) => dimensions.includes(each) && !(each === "channel" && dimensions.includes("owner")),
  );

test.each(statistics)(
  "$name: the view gives what the evaluator gives, bit for bit",
  async ({ name, view, dimensions }) => {
    for (const dimension of ["company", ...groupingsOf(dimensions)] as const) {
      const answers = await answersBy(name, [dimension]);
      const found = await valuesOfView(view, dimension);
      const expected = new Map(answers.map(({ group, value }) => [group[dimension] ?? "", value]));
      for (const [group, value] of found) expect(value, `${dimension} ${group}`).toBe(expected.get(group));
      for (const [group, value] of expected) {
        // Where no fact is found there is no row; the evaluator says 0 or nothing of the company.
        if (!found.has(group)) expect(value ?? 0, `${dimension} ${group} has no row`).toBe(0);
      }
    }
  },
);

const rowsOfStatement = async (sql: string): Promise<ReadonlyArray<Record<string, unknown>>> => {
  const found = await temporary.store.query(sql, { format: "JSONEachRow" })();
  if (isLeft(found)) throw new Error(`${JSON.stringify(found.left)}\n${sql}`);
  const lines = found.right.toString().split("\n");
  return lines.filter((line) => line !== "").map((line): Record<string, unknown> => JSON.parse(line));
};

/** In the middle of everything, so that windows cut, and a hair before a minute's end, as boards read. */
const askedAtMs = Date.parse("2026-02-17T13:45:00Z") - 1;

/** Each statistic as a board asks it: as a whole, for one group, and filtered twice. */
const questionsOf = (metric: string, dimensions: ReadonlyArray<Dimension>): ReadonlyArray<KpiQuestion> => {
  const [first, second] = dimensions.filter((each) => each !== "stage");
  const ask = (window: string, rest: Partial<KpiQuestion>): KpiQuestion => ({
    metric,
    window,
    atMs: askedAtMs,
    ...rest,
  });
  return [
    ask("month", {}),
    ask("30d", {}),
    ...(first === undefined ? [] : [ask("all", { by: [first] }), ask("2026-01", { where: [[first, "it's"]] })]),
    ...(second === undefined || first === undefined ? [] : [ask("30d", { by: [first], where: [[second, "north"]] })]),
  ];
};

test("the statement behind a number gives it, whatever group and filter it has", async () => {
  let differing = 0;
  for (const [index, { name, dimensions }] of statistics.entries()) {
    const questions = questionsOf(name, dimensions);
    for (const question of questions.filter((_, n) => n === index % questions.length)) {
      const checked = checkQuestion(question, catalogue);
      if (isLeft(checked)) throw new Error(checked.left.message);
      const plan = planKpi(checked.right, calendar, defaultWorkspace);
      const answer = (await evaluated(question)).at(-1);
      if (answer === undefined) continue;
      const [row, ...others] = await rowsOfStatement(answerSql(plan, Object.values(answer.group), calendar));
      const told = JSON.stringify(question);
      expect(others, told).toEqual([]);
      if (row === undefined) expect(answer.value ?? 0, told).toBe(0);
      else expect(row.value === null ? null : Number(row.value), told).toBe(answer.value);
      if (answer.value !== null && answer.value !== 0) differing += 1;
    }
  }
  // Not all of them are nothing.
  expect(differing).toBeGreaterThan(statistics.length / 2);
}, 60_000);

test("bands of response times are counted from facts, to the millisecond", async () => {
  const checked = checkQuestion({ metric: "lead_response_time", window: "all", atMs: askedAtMs }, catalogue);
  if (isLeft(checked)) throw new Error(checked.left.message);
  const query = planKpi(checked.right, calendar, defaultWorkspace).queries[0]?.query;
  if (query === undefined) throw new Error("nothing is asked");
  const durations = facts
    .filter(({ kind, outcome, atMs }) => kind === "lead_responded" && outcome === "first_touch" && atMs <= askedAtMs)
    .flatMap(({ durationMs }) => durationMs ?? []);
  // One of the durations is an edge: it lies in the band that ends there.
  const edge = durations[0] ?? 0;
  const edges = [edge - 1, edge, 80_000_000];
  const [row] = await rowsOfStatement(filledSql(bandSql(query, edges)));
  expect(bandsOfRows([Object.values(row ?? {})])).toEqual([
    durations.filter((ms) => ms < edge).length,
    durations.filter((ms) => ms === edge).length,
    durations.filter((ms) => ms > edge && ms <= 80_000_000).length,
    durations.filter((ms) => ms > 80_000_000).length,
  ]);
});
