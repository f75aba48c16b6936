import { expect, test } from "vitest";
import type { Judged } from "./judged.ts";
import { createPassedStatements } from "./passed-statements.ts";

const judged = (statement: string): Judged => ({ statement, isSelect: true, format: undefined, tables: [] });

test("knows what passed, for the same parameters and database alone", () => {
  const passed = createPassedStatements();
  passed.add("SELECT {x:Identifier}", { parameters: { x: "a" } }, judged("one"));
  expect(passed.get("SELECT {x:Identifier}", { parameters: { x: "a" } })).toEqual(judged("one"));
  expect(passed.get("SELECT {x:Identifier}", { parameters: { x: "b" } })).toBeUndefined();
  expect(passed.get("SELECT {x:Identifier}", { parameters: { x: "a" }, database: "system" })).toBeUndefined();
});

test("forgets what was not asked for longest, and keeps nothing that is long", () => {
  const passed = createPassedStatements();
  passed.add("first", {}, judged("first"));
  passed.add("second", {}, judged("second"));
  for (let n = 0; n < 498; n += 1) passed.add(`${n}`, {}, judged(`${n}`));
  expect(passed.get("first", {})).toEqual(judged("first"));
  passed.add("one more", {}, judged("one more"));
  expect(passed.get("second", {})).toBeUndefined();
  expect(passed.get("first", {})).toEqual(judged("first"));
  passed.add("x".repeat(10_000), {}, judged("long"));
  expect(passed.get("x".repeat(10_000), {})).toBeUndefined();
});
