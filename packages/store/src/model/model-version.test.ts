import { readdirSync, readFileSync } from "node:fs";
import { defaultWorkspace } from "@leadwire/funnel";
import { modelViews } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { mergedPromise, modelPromise, type PromisedViews } from "./model-promise.ts";
import { modelVersion } from "./model-version.ts";
import { modelSchema } from "./schema-text.ts";

const folder = new URL("./history/", import.meta.url);
const promised = (version: number): PromisedViews =>
  JSON.parse(readFileSync(new URL(`${version}.json`, folder), "utf8"));
const current = modelPromise(modelSchema(modelViews(catalogue, defaultWorkspace)));

test("every version of the model has its promise, without a gap", () => {
  const versions = readdirSync(folder).map((file) => Number(file.replace(".json", "")));
  expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: modelVersion }, (_, index) => index + 1));
});

test("no view or column that this version promises is gone or has another type", () => {
  for (const [view, { call, columns }] of Object.entries(promised(modelVersion))) {
    const found = current[view];
    expect(found, `the view ${view} is gone: raise modelVersion, or keep it`).toBeDefined();
    expect(found?.call, `the parameters of ${view}`).toBe(call);
    for (const [column, type] of Object.entries(columns)) {
      expect(found?.columns[column], `${view}.${column}: raise modelVersion, or keep it`).toBe(type);
    }
  }
});

test("what has been added is promised, too", () => {
  expect(promised(modelVersion), "run node infra/clickhouse/main.ts").toEqual(current);
});

test("adding to a promise takes nothing of it back", () => {
  const held: PromisedViews = { deals: { columns: { deal_id: "String", gone: "Int64" } } };
  const now: PromisedViews = { deals: { columns: { deal_id: "Int64", added: "Date" } }, fresh: { columns: {} } };
  expect(mergedPromise(held, now)).toEqual({
    deals: { columns: { deal_id: "String", gone: "Int64", added: "Date" } },
    fresh: { columns: {} },
  });
});
