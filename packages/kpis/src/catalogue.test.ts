import { readdirSync } from "node:fs";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { catalogue } from "../catalogue/index.ts";
import { binOf, catalogueOf, findStatistic, languages, measures } from "./index.ts";

test("finds a metric for each file, of the file's name", () => {
  const files = readdirSync(new URL("./metrics/", import.meta.url)).filter((name) => !name.endsWith(".test.ts"));
  const names = files.map((name) => name.replace(".ts", "").replaceAll("-", "_"));
  expect([...catalogue.metrics.keys()]).toEqual(names.sort());
  expect(names).toContain("win_rate");
});

test("every shared measure is used, and none else is sliced", () => {
  expect(catalogue.measures.map((measure) => measure.id)).toEqual(measures.map((measure) => measure.id).sort());
});

test("a measure with bins sums something, and a level is placed by its own time", () => {
  for (const measure of catalogue.measures) {
    if (measure.binned) expect(measure.value, measure.id).not.toBe("none");
    if (measure.level) expect(measure.placedBy).toBe("at");
  }
  expect(binOf(1)).toBe(1);
});

test("a ratio has only the dimensions that all its parts carry", () => {
  expect(catalogue.metrics.get("cac")?.dimensions).toEqual(["channel", "campaign"]);
  expect(catalogue.metrics.get("pipeline_value")?.dimensions).toContain("stage");
  expect(catalogue.metrics.get("win_rate")?.dimensions).not.toContain("stage");
});

test("every metric has its texts in every language, and points only to metrics that exist", () => {
  for (const metric of catalogue.metrics.values()) {
    for (const language of languages) {
      expect(
        metric.texts[language].every((text) => text.length > 1),
        `${metric.id} ${language}`,
      ).toBe(true);
    }
    for (const other of metric.beside) expect(catalogue.metrics.has(other), `${metric.id} beside ${other}`).toBe(true);
    expect(metric.misleads.length).toBeGreaterThan(20);
  }
});

test("a bare name is the default statistic", () => {
  const bare = findStatistic(catalogue, "lead_response_time");
  expect(isRight(bare) && bare.right.statisticName).toBe("p50");
  const named = findStatistic(catalogue, "sales_cycle_length.p50");
  expect(isRight(named) && named.right.statistic.formula).toMatchObject({ _tag: "Percentile", percent: 50 });
});

test("an unknown metric or statistic is refused with those there are", () => {
  const messageOf = (name: string): string => {
    const found = findStatistic(catalogue, name);
    return isLeft(found) ? found.left.message : "";
  };
  expect(messageOf("winrate")).toMatch(/^There is no metric "winrate". There are ([a-z_]+, )+win_rate\.$/);
  expect(messageOf("lead_to_opportunity.p99")).toBe(
    'lead_to_opportunity has no statistic "p99". It has lead_to_opportunity.cohort, lead_to_opportunity.by_period.',
  );
  expect(messageOf("sales.mean")).toBe(
    'sales has no statistic "mean". It has sales, sales.units, sales.cost, sales.margin.',
  );
  expect(messageOf("new_leads.mean")).toBe('new_leads has no statistic "mean". It has one number: ask for new_leads.');
  expect(messageOf("sales.")).toMatch(/has no statistic ""/);
});

test("two metrics of one name are refused", () => {
  const [first] = catalogue.metrics.values();
  if (first === undefined) throw new Error("the catalogue is empty");
  expect(() => catalogueOf([first, first])).toThrow(/two metrics are called/);
});
