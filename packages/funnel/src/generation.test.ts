import { expect, test } from "vitest";
import { generationOf, sameFolding } from "./generation.ts";
import { defaultWorkspace, type Workspace } from "./workspace.ts";

const generation = generationOf(defaultWorkspace);
const withLines = (lines: Partial<Workspace>): Workspace => ({ ...defaultWorkspace, ...lines });
const rate = { currency: "EUR", fromDay: 20_000, rate: "1.1" };

test("is twelve hex digits, the same for the same workspace", () => {
  expect(generation).toMatch(/^[0-9a-f]{12}$/);
  expect(generationOf(structuredClone(defaultWorkspace))).toBe(generation);
});

test.each<[string, Partial<Workspace>]>([
  ["the response SLA", { responseSlaMs: 60_000 }],
  ["the zone", { timeZone: "Europe/Bucharest" }],
  ["the currency", { currency: "EUR" }],
  ["the people", { people: [{ rep: "ana", team: "north" }] }],
  ["the business hours", { businessHours: [] }],
  ["a rate", { rates: [rate] }],
  ["a pipeline", { pipelines: [] }],
])("a change of %s makes a new generation", (_what, lines) => {
  expect(generationOf(withLines(lines))).not.toBe(generation);
});

test.each<[string, Partial<Workspace>]>([
  ["the grace", { graceMs: 0 }],
  ["the fiscal year", { fiscalYearStartMonth: 4 }],
  ["the week's start", { weekStart: 7 }],
])("a change of %s keeps the generation", (_what, lines) => {
  expect(generationOf(withLines(lines))).toBe(generation);
});

test("the order in which people, rates and holidays are listed does not matter", () => {
  const people = [{ rep: "ana" }, { rep: "ben", team: "north" }];
  const lines = { people, holidays: [1, 2], rates: [rate, { ...rate, fromDay: 20_100 }] };
  const turned = { people: people.toReversed(), holidays: [2, 1], rates: lines.rates.toReversed() };
  expect(generationOf(withLines(lines))).toBe(generationOf(withLines(turned)));
});

test("what the catalogue slices by is part of it", () => {
  expect(generationOf(defaultWorkspace, "measures")).not.toBe(generation);
});

test("a rate dated after the newest converted event changes no fact", () => {
  const next = withLines({ rates: [rate] });
  expect(sameFolding(defaultWorkspace, next, 19_999)).toBe(true);
  expect(sameFolding(defaultWorkspace, next, 20_000)).toBe(false);
  expect(sameFolding(defaultWorkspace, withLines({ responseSlaMs: 1 }), 0)).toBe(false);
});
