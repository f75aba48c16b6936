import type { FactRecord } from "@leadwire/funnel";
import { arraySource, type KpiAnswer, type MetricView, metricViews } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { factWriter, kpiSource, serveGeneration } from "@leadwire/store";
import { openTemporaryStore, sampleChange, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answersOf, driven } from "./engine-ways.ts";
import { type Expectation, type GoldenCase, loadGoldenCases } from "./golden-case.ts";
import { mismatches, toleranceOf } from "./golden-match.ts";
import { isForViews, viewCall } from "./view-call.ts";

const cases = loadGoldenCases();
const views = [...catalogue.metrics.values()].flatMap(metricViews);

/** All cases' facts lie in one generation, told apart by what their ids begin with. */
const prefixOf = (index: number): string => `case${index}:`;
const factsOf = new Map(cases.map((golden) => [golden, driven(golden, golden.events, 3).facts()] as const));

let temporary: TemporaryStore;

const done = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const outcome = await task();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};
const command = (sql: string): Promise<void> => done(temporary.store.command(sql));

beforeAll(async () => {
  temporary = await openTemporaryStore();
  const writer = factWriter(testGeneration);
  for (const [index, golden] of cases.entries()) {
    for (const fact of factsOf.get(golden) ?? []) {
      const own: FactRecord = { ...fact, factId: `${prefixOf(index)}${fact.factId}` };
      writer.add(sampleChange(own, 1), "funnel", 0);
    }
  }
  await done(writer.insert(temporary.store));
  await done(serveGeneration(temporary.store, testGeneration, "UTC", views));
  await command("RENAME TABLE leadwire.facts TO leadwire.golden_facts");
});
afterAll(() => temporary.dispose());

/** From here on `leadwire.facts` holds the facts of one case. */
const serve = (index: number): Promise<void> =>
  command(
    `CREATE OR REPLACE VIEW leadwire.facts AS SELECT * FROM leadwire.golden_facts WHERE startsWith(fact_id, '${prefixOf(index)}')`,
  );

const viewOf = (name: string): MetricView | undefined => {
  const [id = "", statistic] = name.split(".");
  const wanted = statistic ?? catalogue.metrics.get(id)?.defaultStatistic ?? "";
  return views.find((view) => view.name === `kpi_${id}${wanted === "" ? "" : `_${wanted}`}`);
};

const valuesOfView = async (golden: GoldenCase, expectation: Expectation, view: MetricView) => {
  const rows = await done(temporary.store.rows(viewCall(golden, expectation, view)));
  return new Map(rows.map(([group, value]) => [String(group), value === null ? null : Number(value)]));
};

/** The view has a row for each group with a fact; where it has none, the answer says 0 or nothing. */
const expectView = async (golden: GoldenCase, expectation: Expectation, answers: ReadonlyArray<KpiAnswer>) => {
  const view = viewOf(expectation.metric);
  if (view === undefined) throw new Error(`no view for ${expectation.metric}`);
  if (!isForViews(golden, expectation, view)) return;
  const found = await valuesOfView(golden, expectation, view);
  // Only the live answer knows whether the log holds any activity at all.
  if (answers.some(({ flags }) => flags.includes("no_activity_data"))) return;
  for (const { group, value } of answers) {
    const key = Object.values(group)[0] ?? "";
    if (found.has(key)) expect(found.get(key), `${view.name} of ${key}`).toBe(value);
    else expect(value ?? 0, `${view.name} has no row for ${key}`).toBe(0);
    found.delete(key);
  }
  for (const [key, value] of found) expect(value ?? 0, `${view.name} has a row for ${key}`).toBe(0);
};

describe("ClickHouse gives what was worked out by hand, and every bit of the live answer", () => {
  for (const [index, golden] of cases.entries()) {
    test(`${golden.metric}: ${golden.name}`, async () => {
      await serve(index);
      const live = await answersOf(golden, arraySource(factsOf.get(golden) ?? []));
      const stored = await answersOf(golden, kpiSource(temporary.store));
      expect(stored).toEqual(live);
      for (const [n, expectation] of golden.expectations.entries()) {
        expect(mismatches(expectation, stored[n] ?? [], toleranceOf(expectation.metric))).toEqual([]);
      }
      await Promise.all(golden.expectations.map((expectation, n) => expectView(golden, expectation, stored[n] ?? [])));
    });
  }
});
