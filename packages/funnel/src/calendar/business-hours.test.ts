import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultWorkspace } from "../workspace.ts";
import { BusinessHours } from "./business-hours.ts";
import { dayOfText } from "./civil-day.ts";
import { ZoneCalendar } from "./zone-calendar.ts";

const minutes = 60_000;
const at = (text: string): number => Date.parse(text);
const bucharest = new ZoneCalendar("Europe/Bucharest");
const office = new BusinessHours(bucharest, defaultWorkspace.businessHours, [dayOfText("2026-12-01") ?? 0]);
const always = Array.from({ length: 7 }, (_, day) => ({ weekday: day + 1, fromMinute: 0, toMinute: 24 * 60 }));
const roundTheClock = new BusinessHours(bucharest, always, []);

test("a night and a weekend do not count", () => {
  // Friday 16:50 to Monday 09:05 local: ten minutes and five.
  expect(office.elapsedMs(at("2026-11-20T14:50:00Z"), at("2026-11-23T07:05:00Z"))).toBe(15 * minutes);
});

test("a holiday does not count", () => {
  expect(office.elapsedMs(at("2026-12-01T00:00:00Z"), at("2026-12-01T20:00:00Z"))).toBe(0);
});

test("an hour that clocks skip does not count and one that comes twice counts twice", () => {
  expect(roundTheClock.elapsedMs(at("2026-03-28T22:00:00Z"), at("2026-03-29T21:00:00Z"))).toBe(23 * 60 * minutes);
  expect(roundTheClock.elapsedMs(at("2026-10-24T21:00:00Z"), at("2026-10-25T22:00:00Z"))).toBe(25 * 60 * minutes);
});

test("five business minutes from Friday evening end on Monday morning", () => {
  expect(office.afterMs(at("2026-11-20T20:00:00Z"), 5 * minutes)).toBe(at("2026-11-23T07:05:00Z"));
  expect(office.afterMs(at("2026-11-20T20:00:00Z"), 0)).toBe(at("2026-11-20T20:00:00Z"));
});

test("without business hours no business time ever passes", () => {
  const closed = new BusinessHours(bucharest, [], []);
  expect(closed.afterMs(0, 1)).toBeUndefined();
  expect(closed.elapsedMs(0, at("2026-01-01T00:00:00Z"))).toBe(0);
});

test("stretches add up, and the end of a stretch is found again", () => {
  const instant = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2026-12-31T00:00:00Z") });
  fc.assert(
    fc.property(instant, instant, instant, (x, y, z) => {
      const [a, b, c] = [x, y, z].sort((p, q) => p - q) as [number, number, number];
      expect(office.elapsedMs(a, b) + office.elapsedMs(b, c)).toBe(office.elapsedMs(a, c));
      const elapsed = office.elapsedMs(a, b);
      const end = office.afterMs(a, elapsed);
      expect(end).toBeLessThanOrEqual(b);
      expect(office.elapsedMs(a, end ?? Number.NaN)).toBe(elapsed);
    }),
    { numRuns: 60 },
  );
});
