import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { periodIndexOf, periodsBetween } from "./report-period.ts";

const calendar = new ZoneCalendar("Europe/Bucharest");
const names = (
  unit: "day" | "week" | "month" | "quarter" | "year",
  from: string,
  to: string,
  rules = defaultWorkspace,
) => periodsBetween(unit, Date.parse(from), Date.parse(to), calendar, rules)?.map(({ name }) => name);

test("periods are whole and local: the last one is that of the instant before the end", () => {
  expect(names("month", "2026-01-15T00:00:00Z", "2026-03-01T00:00:00+02:00")).toEqual(["2026-01", "2026-02"]);
  expect(names("month", "2026-01-15T00:00:00Z", "2026-03-01T00:00:01+02:00")).toEqual([
    "2026-01",
    "2026-02",
    "2026-03",
  ]);
  // 23:00 UTC is the next day in Bucharest.
  expect(names("day", "2026-03-28T23:00:00Z", "2026-03-29T23:00:00Z")).toEqual(["2026-03-29", "2026-03-30"]);
  const [short] =
    periodsBetween(
      "day",
      Date.parse("2026-03-29T12:00:00Z"),
      Date.parse("2026-03-29T13:00:00Z"),
      calendar,
      defaultWorkspace,
    ) ?? [];
  expect((short?.toMs ?? 0) - (short?.fromMs ?? 0)).toBe(23 * 3_600_000);
});

test("weeks are named by their ISO number, or by their first day where they do not begin on Monday", () => {
  expect(names("week", "2026-12-30T00:00:00Z", "2027-01-05T00:00:00Z")).toEqual(["2026-W53", "2027-W01"]);
  expect(names("week", "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z", { ...defaultWorkspace, weekStart: 7 })).toEqual([
    "2026-03-01",
  ]);
});

test("quarters and years are fiscal", () => {
  const fiscal = { ...defaultWorkspace, fiscalYearStartMonth: 4 };
  expect(names("quarter", "2026-03-10T00:00:00Z", "2026-04-10T00:00:00Z", fiscal)).toEqual(["2026-Q4", "2027-Q1"]);
  expect(names("year", "2026-03-10T00:00:00Z", "2026-04-10T00:00:00Z", fiscal)).toEqual(["2026", "2027"]);
});

test("a day finds its period, and one before the first finds none", () => {
  const periods =
    periodsBetween(
      "month",
      Date.parse("2026-01-15T00:00:00Z"),
      Date.parse("2026-04-02T00:00:00Z"),
      calendar,
      defaultWorkspace,
    ) ?? [];
  const [january, february] = periods;
  expect(periodIndexOf(periods, january?.startDay ?? 0)).toBe(0);
  expect(periodIndexOf(periods, (february?.startDay ?? 0) - 1)).toBe(0);
  expect(periodIndexOf(periods, february?.startDay ?? 0)).toBe(1);
  expect(periodIndexOf(periods, (january?.startDay ?? 0) - 1)).toBe(-1);
});

test("more periods than a table can hold are refused", () => {
  expect(names("day", "1990-01-01T00:00:00Z", "2026-01-01T00:00:00Z")).toBeUndefined();
});
