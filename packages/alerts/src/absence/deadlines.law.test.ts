import { dayMs } from "@leadwire/events";
import { BusinessHours, weekdayOf, ZoneCalendar } from "@leadwire/funnel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Deadlines } from "./deadlines.ts";

const minuteMs = 60_000;
const opening = [
  { weekday: 1, fromMinute: 540, toMinute: 720 },
  { weekday: 1, fromMinute: 780, toMinute: 1020 },
  { weekday: 3, fromMinute: 540, toMinute: 1020 },
  { weekday: 5, fromMinute: 600, toMinute: 900 },
  { weekday: 7, fromMinute: 0, toMinute: 300 },
] as const;
/** Clocks change on 29 March and on 25 October 2026 in Bucharest, both Sundays; 6 April is a holiday. */
const calendar = new ZoneCalendar("Europe/Bucharest");
const holiday = Date.UTC(2026, 3, 6) / dayMs;
const deadlines = new Deadlines(new BusinessHours(calendar, opening, [holiday]), calendar);

const isOpen = (instantMs: number): boolean => {
  const wallMs = calendar.wallMs(instantMs);
  const day = Math.floor(wallMs / dayMs);
  const minute = (wallMs - day * dayMs) / minuteMs;
  return (
    day !== holiday &&
    opening.some((each) => each.weekday === weekdayOf(day) && minute >= each.fromMinute && minute < each.toMinute)
  );
};

/** From some days before each of the nights when clocks change, and around the holiday. */
const start = fc
  .tuple(fc.constantFrom(Date.UTC(2026, 2, 27), Date.UTC(2026, 9, 23), Date.UTC(2026, 3, 4)), fc.nat({ max: 5 * 1440 }))
  .map(([fromMs, minutes]) => fromMs + minutes * minuteMs);

test("business time ends where a walk from minute to minute says", () => {
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 900 }), (fromMs, minutes) => {
      let atMs = fromMs;
      for (let left = minutes; left > 0; atMs += minuteMs) if (isOpen(atMs)) left -= 1;
      expect(deadlines.after(fromMs, { _tag: "BusinessTime", ms: minutes * minuteMs })).toBe(atMs);
    }),
    { numRuns: 60 },
  );
});

test("business days end with the last open minute of the last of them, after the day they are counted from", () => {
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 4 }), (fromMs, days) => {
      const seen = new Set<number>();
      let lastMs = Number.NaN;
      for (let atMs = fromMs; seen.size <= days; atMs += minuteMs) {
        const day = calendar.localDay(atMs);
        if (!isOpen(atMs) || day === calendar.localDay(fromMs)) continue;
        seen.add(day);
        if (seen.size <= days) lastMs = atMs + minuteMs;
      }
      expect(deadlines.after(fromMs, { _tag: "BusinessDays", days })).toBe(lastMs);
    }),
    { numRuns: 60 },
  );
});

test("patience with nobody at work never ends", () => {
  const never = new Deadlines(new BusinessHours(calendar, [], []), calendar);
  expect(never.after(0, { _tag: "BusinessDays", days: 1 })).toBe(Number.POSITIVE_INFINITY);
  expect(never.after(0, { _tag: "BusinessTime", ms: 1 })).toBe(Number.POSITIVE_INFINITY);
  expect(never.after(5, { _tag: "Clock", ms: 10 })).toBe(15);
});
