import { expect, test } from "vitest";
import { englishReader, plain } from "./testing/english-reader.ts";
import { shortText, tickTexts } from "./tick-text.ts";

const texts = (ticks: number[], measured: { unit: string; currency?: string }): string[] =>
  tickTexts({ low: 0, high: 1, step: (ticks[1] ?? 0) - (ticks[0] ?? 0), ticks }, measured, englishReader).map(plain);

test("writes the values of an axis as short as they can be read", () => {
  expect(texts([-5_000_000, 0, 5_000_000], { unit: "money", currency: "EUR" })).toEqual(["−€50K", "€0", "€50K"]);
  expect(texts([0, 0.25, 0.5], { unit: "ratio" })).toEqual(["0 %", "25 %", "50 %"]);
  expect(texts([0, 5_000, 10_000], { unit: "leads" })).toEqual(["0", "5K", "10K"]);
  expect(texts([0, 2.5, 5], { unit: "x" })).toEqual(["0×", "2.5×", "5×"]);
});

test("writes all durations of an axis in one unit", () => {
  expect(texts([0, 300, 600], { unit: "s" })).toEqual(["0 min", "5 min", "10 min"]);
  expect(texts([0, 3_600, 7_200], { unit: "s" })).toEqual(["0 h", "1 h", "2 h"]);
  expect(texts([0, 172_800], { unit: "s" })).toEqual(["0 days", "2 days"]);
});

test("shortens a value beside a chart, and writes it as the tile's format has it where that says something", () => {
  const money = { unit: "money", currency: "EUR" };
  expect(shortText(128_450_000, money, {}, englishReader)).toBe("€1.28M");
  expect(shortText(128_450_000, money, { decimals: 0 }, englishReader)).toBe("€1,284,500");
  expect(shortText(-3_000_000, money, {}, englishReader)).toBe("−€30K");
  expect(plain(shortText(192, { unit: "s" }, {}, englishReader))).toBe("3 min 12 s");
});
