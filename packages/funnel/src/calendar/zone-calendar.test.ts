import { expect, test } from "vitest";
import { dayOfText } from "./civil-day.ts";
import { isZone, ZoneCalendar } from "./zone-calendar.ts";

const hours = 3_600_000;
const at = (text: string): number => Date.parse(text);
const day = (text: string): number => dayOfText(text) ?? Number.NaN;
const dayHours = (zone: string, date: string): number => {
  const calendar = new ZoneCalendar(zone);
  return (calendar.dayStartMs(day(date) + 1) - calendar.dayStartMs(day(date))) / hours;
};

test.each([
  ["Europe/Bucharest", "2026-03-29", 23],
  ["Europe/Bucharest", "2026-10-25", 25],
  ["America/New_York", "2026-03-08", 23],
  ["America/New_York", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2026-10-04", 23.5],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["Asia/Kolkata", "2026-03-29", 24],
  ["Europe/Bucharest", "2028-02-29", 24],
])("in %s the day %s has %d hours", (zone, date, expected) => {
  expect(dayHours(zone, date)).toBe(expected);
});

test("a local day begins at its own midnight", () => {
  expect(new ZoneCalendar("Asia/Kolkata").dayStartMs(day("2026-01-01"))).toBe(at("2025-12-31T18:30:00Z"));
  expect(new ZoneCalendar("America/New_York").dayStartMs(day("2026-07-04"))).toBe(at("2026-07-04T04:00:00Z"));
});

test("a day without a midnight begins when the gap ends", () => {
  // Santiago's clocks went from 24:00 to 01:00.
  const calendar = new ZoneCalendar("America/Santiago");
  expect(calendar.dayStartMs(day("2024-09-08"))).toBe(at("2024-09-08T04:00:00Z"));
  expect(calendar.wallMs(at("2024-09-08T04:00:00Z"))).toBe(day("2024-09-08") * 24 * hours + hours);
});

test("a day that a zone skipped is empty", () => {
  expect(dayHours("Pacific/Apia", "2011-12-30")).toBe(0);
  const calendar = new ZoneCalendar("Pacific/Apia");
  expect(calendar.localDay(calendar.dayStartMs(day("2011-12-30")))).toBe(day("2011-12-31"));
});

test("a day of 23 hours has 23 hour slices and a day of 25 hours has 25", () => {
  const calendar = new ZoneCalendar("Europe/Bucharest");
  const slices = (date: string): number => {
    const starts = new Set<number>();
    for (let t = calendar.dayStartMs(day(date)); t < calendar.dayStartMs(day(date) + 1); t += 60_000) {
      starts.add(calendar.localHourStartMs(t));
    }
    return starts.size;
  };
  expect([slices("2026-03-29"), slices("2026-10-25"), slices("2026-06-01")]).toEqual([23, 25, 24]);
});

test("an hour slice ends where half an hour is repeated", () => {
  // Lord Howe goes from +11:00 back to +10:30 at 02:00 local, 15:00 UTC.
  const calendar = new ZoneCalendar("Australia/Lord_Howe");
  expect(calendar.localHourStartMs(at("2026-04-04T14:45:00Z"))).toBe(at("2026-04-04T14:00:00Z"));
  expect(calendar.localHourStartMs(at("2026-04-04T15:10:00Z"))).toBe(at("2026-04-04T15:00:00Z"));
  expect(calendar.localHourStartMs(at("2026-04-04T15:40:00Z"))).toBe(at("2026-04-04T15:30:00Z"));
  expect(calendar.localHourCeilMs(at("2026-04-04T15:10:00Z"))).toBe(at("2026-04-04T15:30:00Z"));
});

test("rounds up to the next minute and local hour, and leaves an edge where it is", () => {
  const calendar = new ZoneCalendar("Asia/Kolkata");
  expect(calendar.minuteCeilMs(at("2026-01-01T00:00:00.001Z"))).toBe(at("2026-01-01T00:01:00Z"));
  expect(calendar.minuteCeilMs(at("2026-01-01T00:01:00Z"))).toBe(at("2026-01-01T00:01:00Z"));
  expect(calendar.localHourCeilMs(at("2026-01-01T00:00:00Z"))).toBe(at("2026-01-01T00:30:00Z"));
});

test("a day slice keeps the end that came twice when clocks went back over midnight", () => {
  // St. John's went from 00:01 on 2005-10-30 back to 23:01 on the 29th, at 02:31 UTC.
  const calendar = new ZoneCalendar("America/St_Johns");
  const repeated = at("2005-10-30T03:00:00Z");
  expect(calendar.localDay(repeated)).toBe(day("2005-10-29"));
  expect(calendar.dayStartOf(repeated)).toBe(calendar.dayStartMs(day("2005-10-30")));
  expect(calendar.dayStartMs(day("2005-10-30"))).toBe(at("2005-10-30T02:30:00Z"));
});

test("knows which zones exist", () => {
  expect([isZone("Europe/Bucharest"), isZone("UTC"), isZone("Mars/Olympus"), isZone("")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
