import { expect, test } from "vitest";
import { labelledPoints, periodText, periodTexts } from "./period-text.ts";
import { englishReader } from "./testing/english-reader.ts";

const atMs = Date.UTC(2026, 10, 22, 22, 30);

test("names a period in the workspace's zone", () => {
  expect(periodText(atMs, "hour", englishReader)).toBe("22:30");
  expect(periodText(atMs, "day", englishReader)).toBe("Nov 22");
  expect(periodText(atMs, "day", { ...englishReader, locale: "ro", timeZone: "Europe/Bucharest" })).toBe("23 nov.");
});

test("adds what tells two periods of one name apart: the year of a month, the day of an hour", () => {
  const months = Array.from({ length: 13 }, (_, index) => Date.UTC(2025, 10 + index, 1));
  expect(periodTexts(months, "month", englishReader).at(-1)).toBe("Nov 26");
  expect(periodTexts(months.slice(1), "month", englishReader).at(-1)).toBe("Nov");
  expect(
    periodTexts(
      Array.from({ length: 49 }, () => atMs),
      "hour",
      englishReader,
    )[0],
  ).toBe("Nov 22");
});

test("labels the running point always, and others in steps that people count in", () => {
  expect(labelledPoints(5, "day", 50, 40)).toEqual([0, 1, 2, 3, 4]);
  expect(labelledPoints(24, "hour", 10, 45)).toEqual([5, 11, 17, 23]);
  expect(labelledPoints(12, "month", 10, 28)).toEqual([2, 5, 8, 11]);
  expect(labelledPoints(1, "day", 0, 40)).toEqual([0]);
  expect(labelledPoints(400, "day", 1, 60)).toEqual([49, 119, 189, 259, 329, 399]);
});
