import { expect, test } from "vitest";
import { civilOfDay, dayOfCivil, dayOfText, textOfDay, weekdayOf, weekStartDay } from "./civil-day.ts";
import { fiscalQuarterOf, fiscalQuarterStartDay, fiscalYearOf, fiscalYearStartDay } from "./fiscal.ts";
import { isoWeekOf, isoWeekStartDay, isoWeeksIn } from "./iso-week.ts";

const day = (text: string): number => dayOfText(text) ?? Number.NaN;

test("every day of four centuries is written and read back", () => {
  for (let at = dayOfCivil(1800, 1, 1); at < dayOfCivil(2200, 1, 1); at++) {
    const { year, month, dayOfMonth } = civilOfDay(at);
    expect(dayOfCivil(year, month, dayOfMonth)).toBe(at);
  }
  expect(textOfDay(0)).toBe("1970-01-01");
  expect(textOfDay(day("2024-02-29"))).toBe("2024-02-29");
});

test("refuses dates that do not exist", () => {
  for (const text of ["2023-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-1-1", "", "2023-01-01T00:00"]) {
    expect(dayOfText(text)).toBeUndefined();
  }
});

test("months and days beyond their end carry over", () => {
  expect(textOfDay(dayOfCivil(2026, 14, 1))).toBe("2027-02-01");
  expect(textOfDay(dayOfCivil(2026, 0, 31))).toBe("2025-12-31");
});

test("weeks begin on the day that is asked for", () => {
  expect(weekdayOf(day("2026-11-22"))).toBe(7);
  expect(textOfDay(weekStartDay(day("2026-11-22"), 1))).toBe("2026-11-16");
  expect(textOfDay(weekStartDay(day("2026-11-22"), 7))).toBe("2026-11-22");
  expect(weekdayOf(day("1969-12-31"))).toBe(3);
});

test("ISO week 53 exists in long years only", () => {
  expect([2015, 2020, 2026, 2025].map(isoWeeksIn)).toEqual([53, 53, 53, 52]);
  expect(isoWeekOf(day("2021-01-03"))).toEqual({ year: 2020, week: 53 });
  expect(isoWeekOf(day("2019-12-30"))).toEqual({ year: 2020, week: 1 });
  expect(textOfDay(isoWeekStartDay(2017, 14))).toBe("2017-04-03");
});

test("a fiscal year is named by the year it ends in", () => {
  expect(textOfDay(fiscalYearStartDay(2017, 4))).toBe("2016-04-01");
  expect(fiscalYearOf(day("2016-03-31"), 4)).toBe(2016);
  expect(fiscalYearOf(day("2016-04-01"), 4)).toBe(2017);
  expect(fiscalQuarterOf(day("2017-01-15"), 4)).toEqual({ year: 2017, quarter: 4 });
  expect(textOfDay(fiscalQuarterStartDay(2017, 4, 4))).toBe("2017-01-01");
  expect(textOfDay(fiscalQuarterStartDay(2017, 5, 4))).toBe("2017-04-01");
});

test("with a start in January fiscal years are calendar years", () => {
  expect(textOfDay(fiscalYearStartDay(2017, 1))).toBe("2017-01-01");
  expect(fiscalYearOf(day("2017-12-31"), 1)).toBe(2017);
  expect(fiscalQuarterOf(day("2017-12-31"), 1)).toEqual({ year: 2017, quarter: 4 });
});
