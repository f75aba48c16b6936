import { expect, test } from "vitest";
import { englishReader } from "./testing/english-reader.ts";
import { waterfallRows } from "./waterfall-rows.ts";

const rowsOf = (startMinor: number, steps: Readonly<Record<string, number>>, endMinor: number) =>
  waterfallRows(
    {
      id: "mrr",
      type: "waterfall",
      changedAtMs: null,
      source: "live",
      flags: [],
      unit: "money",
      currency: "EUR",
      startMinor,
      steps: Object.entries(steps).map(([movement, amountMinor]) => ({ movement, amountMinor })),
      endMinor,
    },
    englishReader,
  );

test("lets each step begin where the one before ended, and the end meet the last one", () => {
  const rows = rowsOf(100_000, { new: 100_000, churn: -50_000 }, 150_000);
  expect(rows.map(({ from, to }) => [from, to])).toEqual([
    [0, 0.5],
    [0.5, 1],
    [1, 0.75],
    [0, 0.75],
  ]);
  expect(rows.map(({ name, value, tone }) => `${name} ${value} ${tone}`)).toEqual([
    "Start €1K total",
    "New +€1K better",
    "Churn −€500 worse",
    "Now €1.5K total",
  ]);
});

test("tears the totals off where the steps would not be seen beside them", () => {
  const [start, step] = rowsOf(10_000_000, { new: 100_000 }, 10_100_000);
  expect([start?.torn, start?.from]).toEqual([true, 0]);
  expect((step?.to ?? 0) - (step?.from ?? 0)).toBeGreaterThan(0.5);
});

test("draws what falls below zero from the line of zero, and never tears it", () => {
  const rows = rowsOf(100_000, { churn: -200_000 }, -100_000);
  expect(rows.map(({ from, to, torn }) => [from, to, torn ?? false])).toEqual([
    [0.5, 1, false],
    [1, 0, false],
    [0.5, 0, false],
  ]);
});
