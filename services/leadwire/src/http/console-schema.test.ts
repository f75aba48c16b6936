import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { consoleSchema, parametersOf } from "./console-schema.ts";

test("a call gives its parameters, each with a value to begin with", () => {
  expect(parametersOf("kpi_sales_window(window = 'month', by = '', at = …)")).toEqual([
    ["window", "'month'"],
    ["by", "''"],
    ["at", "''"],
  ]);
  expect(parametersOf("facts_as_of(as_of = '2026-01-01 00:00:00')")).toEqual([["as_of", "'2026-01-01 00:00:00'"]]);
});

test("the console knows the views of every layer, their columns, and what may be called", () => {
  const { views, functions, companyViews } = consoleSchema(catalogue, defaultWorkspace);
  expect(new Set(views.map(({ layer }) => layer))).toEqual(new Set(["events", "facts", "metrics", "engine"]));
  const window = views.find(({ name }) => name === "kpi_win_rate_window");
  expect(window?.parameters.map(([name]) => name)).toContain("window");
  expect(views.find(({ name }) => name === "facts")?.columns.map(({ name }) => name)).toContain("team");
  expect(functions).toContain("countIf");
  // Whoever sees some rows alone is not shown what they cannot ask.
  expect(companyViews.filter((name) => !views.some((view) => view.name === name))).toEqual([]);
});
