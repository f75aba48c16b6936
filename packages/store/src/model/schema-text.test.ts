import { dimensions } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { factColumns } from "./fact-tables.ts";
import { schemaText, schemaViews } from "./schema-text.ts";

test("every view and every column says what it is", () => {
  for (const view of schemaViews()) {
    expect(view.comment.length).toBeGreaterThan(10);
    for (const column of view.columns) expect(column.comment, `${view.name}.${column.name}`).not.toBe("");
  }
});

test("every dimension of a fact is a column", () => {
  const names = factColumns.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...dimensions]));
});

test("prints each view with its columns", () => {
  expect(schemaText()).toMatch(/^leadwire\.leads\n {2}One row for each lead/m);
  expect(schemaText()).toMatch(/^ {2}response_s +Nullable\(Float64\)/m);
});
