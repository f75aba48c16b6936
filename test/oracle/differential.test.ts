import { evaluateKpi } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { comparedDifferenceOf, differenceOf, holdTwice, knownAt } from "./difference-run.ts";
import { oracleMetrics } from "./metric-table.ts";
import { comparedQuestions, metricNames, randomQuestions, rareQuestions } from "./random-question.ts";
import { slicesFirst } from "./slices-first.ts";

const seeds = Array.from({ length: Number(process.env.LEADWIRE_SEEDS ?? 40) }, (_, n) => n + 1);

test("the oracle answers every metric and statistic of the catalogue, and no other", () => {
  const names = [...catalogue.metrics.values()].flatMap(({ id, statistics }) => [
    id,
    ...[...statistics.keys()].filter((name) => name !== "").map((name) => `${id}.${name}`),
  ]);
  expect(Object.keys(oracleMetrics).sort()).toEqual(names.sort());
  for (const [name, { unit }] of Object.entries(oracleMetrics)) {
    const [id = "", statistic] = name.split(".");
    const metric = catalogue.metrics.get(id);
    expect(metric?.statistics.get(statistic ?? metric.defaultStatistic)?.unit, name).toBe(unit);
  }
});

test.each(seeds)("the engine answers as the oracle does (company %i)", async (seed) => {
  const held = holdTwice(seed);
  const questions = randomQuestions(held.company, Math.ceil(metricNames.length * 0.6));
  for (const question of [...questions, ...rareQuestions(held.company, 8)]) {
    expect(await differenceOf(held, question), JSON.stringify(question)).toBeUndefined();
  }
});

test("slices give every bit that facts give, where they serve", async () => {
  let served = 0;
  for (const seed of seeds.slice(0, 8)) {
    const { company, context, driver } = holdTwice(seed);
    const slices = slicesFirst(driver, driver.facts(), company.workspace.timeZone);
    for (const question of randomQuestions({ ...company, seed: seed + 5_000 }, 60)) {
      const fromSlices = await evaluateKpi(question, { ...context, source: slices });
      expect(fromSlices, JSON.stringify(question)).toEqual(await evaluateKpi(question, context));
    }
    served += slices.served();
  }
  expect(served).toBeGreaterThan(40);
});

test.each(seeds.slice(0, 12))("the number beside is that of the other window (company %i)", async (seed) => {
  const held = holdTwice(seed);
  for (const question of comparedQuestions(held.company, 30)) {
    expect(await comparedDifferenceOf(held, question), JSON.stringify(question)).toBeUndefined();
  }
});

test.each(seeds.slice(0, 15))(
  "as of an earlier time the engine knows what the oracle knew (company %i)",
  async (seed) => {
    const held = holdTwice(seed);
    const appended = held.company.events.map(({ appendTimeMs }) => appendTimeMs);
    for (const share of [0.3, 0.7]) {
      const asOfMs = appended[Math.floor(appended.length * share)] ?? 0;
      const then = knownAt(held, asOfMs);
      for (const question of randomQuestions({ ...held.company, seed: seed + 1_000 * share }, 40)) {
        expect(await differenceOf(then, question), `as of ${asOfMs}: ${JSON.stringify(question)}`).toBeUndefined();
      }
    }
  },
);
