import { type Dimension, defaultWorkspace, type FactRecord, factKinds, noValue, ZoneCalendar } from "@leadwire/funnel";
import {
  arraySource,
  binOf,
  evaluateKpi,
  type KpiAnswer,
  type MetricView,
  measures,
  metricViews,
  type ViewParameter,
} from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveGeneration } from "./migrations/migrate.ts";
import { sampleChange, sampleFact } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { factWriter } from "./writers/fact-writer.ts";

const fromMs = Date.parse("2026-01-01T00:00:00Z");
const spanMs = 80 * 86_400_000;
const atText = "2026-03-01T00:00:00Z";
const name = fc.constantFrom(noValue, "ana", "it's", "north");

const outcomesOf = (kind: FactRecord["kind"]) =>
  measures.flatMap((measure) => (measure.kind === kind ? (measure.outcomes ?? []) : []));

/** Facts of every kind; the kinds that a plan is made of name scopes, periods and the metric that quotas are about. */
const fact: fc.Arbitrary<FactRecord> = fc
  .record({
    kind: fc.constantFrom(...factKinds, "target", "forecast", "mrr_moved", "customer_active"),
    atMs: fc.integer({ min: fromMs, max: fromMs + spanMs }),
    outcome: fc.nat(20),
    falls: fc.boolean(),
    amountMinor: fc.integer({ min: -1_000, max: 9_000_000_000 }),
    costMinor: fc.option(fc.nat()),
    units: fc.constantFrom(0, 1, 2.5, 0.0625, 12_000),
    durationMs: fc.option(fc.nat(90_000_000)),
    businessMs: fc.option(fc.nat(9_000_000)),
    dueAtMs: fc.option(fc.integer({ min: fromMs, max: fromMs + spanMs })),
    months: fc.constantFrom(1, 7, 12, 36),
    ageMs: fc.nat(40 * 86_400_000),
    leadId: fc.constantFrom("L1", "L2", "L3", "L4"),
    accountId: fc.constantFrom("A", "B", "C", ""),
    period: fc.constantFrom("2026-02", "2026-Q1"),
    dimensions: fc.record({ owner: name, team: name, region: name, channel: name, stage: name }),
  })
  .map(({ outcome, falls, ageMs, months, ...stated }) => {
    const outcomes = outcomesOf(stated.kind);
    const isLevel = measures.some(({ level, kind }) => level && kind === stated.kind);
    return sampleFact({
      ...stated,
      factId: "",
      outcome: outcomes[outcome % Math.max(1, outcomes.length)] ?? "",
      count: isLevel && falls ? -1 : 1,
      subject: stated.kind === "target" ? "sales" : "",
      bin: stated.kind === "contract" || stated.durationMs === null ? months : binOf(stated.durationMs),
      businessBin: stated.businessMs === null ? null : binOf(stated.businessMs),
      // A waiting lead has one creation.
      cohortAtMs:
        stated.kind === "lead_unanswered" ? fromMs + Number(stated.leadId.slice(1)) * 1_234_567 : stated.atMs - ageMs,
    });
  });

let temporary: TemporaryStore;
let facts: ReadonlyArray<FactRecord>;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  facts = fc
    .sample(fact, { seed: 11, numRuns: 2_500 })
    .map((each, index) => ({ ...each, factId: `crm/e${index}/${each.kind}/0` }));
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

const answersBy = async (metric: string, by: ReadonlyArray<string>): Promise<ReadonlyArray<KpiAnswer>> => {
  const context = {
    catalogue,
    workspace: defaultWorkspace,
    calendar: new ZoneCalendar("UTC"),
    source: arraySource(facts),
    meta: { completeThroughMs: null, hasActivity: true },
  };
  const answers = await evaluateKpi({ metric, window: "2026-02", atMs: Date.parse(atText), by }, context);
  if (isLeft(answers)) throw new Error(answers.left.message);
  return answers.right;
};

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
