import { expect, test } from "vitest";
import { dayOfText, textOfDay } from "./civil-day.ts";
import { dayMonthsLater, monthsLater } from "./months-later.ts";
import { ZoneCalendar } from "./zone-calendar.ts";

const later = (day: string, months: number): string => textOfDay(dayMonthsLater(dayOfText(day) ?? Number.NaN, months));
const bucharest = new ZoneCalendar("Europe/Bucharest");
const at = (instant: string, months: number): string =>
  new Date(monthsLater(bucharest, Date.parse(instant), months)).toISOString();

test("a month without such a day ends on its last", () => {
  expect(later("2026-01-31", 1)).toBe("2026-02-28");
  expect(later("2028-01-31", 1)).toBe("2028-02-29");
  expect(later("2026-01-31", 2)).toBe("2026-03-31");
  expect(later("2028-02-29", 12)).toBe("2029-02-28");
  expect(later("2026-12-15", 1)).toBe("2027-01-15");
  expect(later("2026-05-15", 1200)).toBe("2126-05-15");
});

test("clocks show the same time, whatever they did in between", () => {
  expect(at("2026-03-10T09:30:00+02:00", 1)).toBe("2026-04-10T06:30:00.000Z");
  // Local midnight of 1 March is still February in UTC.
  expect(at("2026-03-01T00:00:00+02:00", 1)).toBe("2026-03-31T21:00:00.000Z");
});

test("a time that clocks skip is as far behind the gap as it lay in it", () => {
  expect(at("2026-02-28T03:30:00+02:00", 1)).toBe("2026-03-28T01:30:00.000Z");
  expect(at("2026-01-29T03:30:00+02:00", 2)).toBe("2026-03-29T01:30:00.000Z");
});
