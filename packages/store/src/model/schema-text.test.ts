import { defaultWorkspace, dimensions } from "@leadwire/funnel";
import { modelViews } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { factColumns } from "./fact-tables.ts";
import { modelSchema, schemaText, schemaTextOf } from "./schema-text.ts";

const metrics = modelViews(catalogue, defaultWorkspace);

test("every view and every column says what it is", () => {
  for (const view of modelSchema(metrics)) {
    expect(view.comment.length, view.name).toBeGreaterThan(10);
    for (const column of view.columns) expect(column.comment, `${view.name}.${column.name}`).not.toBe("");
  }
});

test("every dimension of a fact is a column", () => {
  const names = factColumns.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...dimensions]));
});

test("every metric of the catalogue has a view by the words of a window", () => {
  const names = new Set(metrics.map(({ name }) => name));
  for (const { id, statistics, defaultStatistic } of catalogue.metrics.values()) {
    expect(statistics.has(defaultStatistic)).toBe(true);
    expect(names).toContain(`kpi_${id}${defaultStatistic === "" ? "" : `_${defaultStatistic}`}_window`);
  }
});

test("names are told once", () => {
  const names = modelSchema(metrics).map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("prints the layers one after the other, each view with its columns", () => {
  const text = schemaText(metrics);
  expect(text).toMatch(/^EVENTS: [\s\S]+^FACTS: [\s\S]+^METRICS: [\s\S]+^THE ENGINE: /m);
  expect(text).toMatch(/^leadwire\.leads\n {2}One row for each lead/m);
  expect(text).toMatch(/^ {2}response_s +Nullable\(Float64\)/m);
});

test("prints one layer, or one view, of those that there are", () => {
  expect(schemaTextOf(metrics, "facts")).not.toContain("leadwire.event_spend");
  expect(schemaTextOf(metrics, "leadwire.deals")).toMatch(/^leadwire\.deals\n/);
  expect(schemaTextOf(metrics, "kpi_win_rate_daily")).toMatch(/^ {2}value +Nullable\(Float64\)/m);
  expect(schemaTextOf(metrics, "dreams")).toBeUndefined();
});
