import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { ZoneCalendar } from "./zone-calendar.ts";

const zones = [
  "UTC",
  "Europe/Bucharest",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Asia/Tehran",
  "Africa/Casablanca",
  "Pacific/Apia",
  "Europe/Dublin",
];
const calendars = new Map(zones.map((zone) => [zone, new ZoneCalendar(zone)]));
const calendarOf = (zone: string): ZoneCalendar => calendars.get(zone) ?? new ZoneCalendar(zone);
/** 1960 to 2110, with one half of the draws within a day of a transition of 2005 to 2026. */
const instants = (zone: string): fc.Arbitrary<number> => {
  const near: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2005, 0, 1)).toZonedDateTimeISO(zone);
  for (let next = at.getTimeZoneTransition("next"); next !== null; next = at.getTimeZoneTransition("next")) {
    if (next.epochMilliseconds > Date.UTC(2026, 0, 1)) break;
    near.push(next.epochMilliseconds);
    at = next;
  }
  const anywhere = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2110, 0, 1) });
  if (near.length === 0) return anywhere;
  const shift = fc.integer({ min: -90_000_000, max: 90_000_000 });
  return fc.oneof(
    anywhere,
    fc.tuple(fc.constantFrom(...near), shift).map(([t, by]) => t + by),
  );
};
const dayNumber = (date: Temporal.PlainDate): number =>
  Temporal.PlainDate.from("1970-01-01").until(date, { largestUnit: "day" }).days;

test.each(zones)("agrees with Temporal on offset, date and start of day in %s", (zone) => {
  const calendar = calendarOf(zone);
  fc.assert(
    fc.property(instants(zone), (ms) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      expect(calendar.offsetMs(ms)).toBe(zoned.offsetNanoseconds / 1_000_000);
      const day = dayNumber(zoned.toPlainDate());
      expect(calendar.localDay(ms)).toBe(day);
      expect(calendar.dayStartMs(day)).toBe(zoned.toPlainDate().toZonedDateTime(zone).epochMilliseconds);
    }),
    { numRuns: 150 },
  );
});

test.each(zones)("minute, hour and day slices nest, hold their instant and leave no gap in %s", (zone) => {
  const calendar = calendarOf(zone);
  fc.assert(
    fc.property(instants(zone), (ms) => {
      const [day, hour, minute] = [calendar.dayStartOf(ms), calendar.localHourStartMs(ms), calendar.minuteStartMs(ms)];
      expect(day).toBeLessThanOrEqual(hour);
      expect(hour).toBeLessThanOrEqual(minute);
      expect(minute).toBeLessThanOrEqual(ms);
      expect(calendar.dayEndOf(ms)).toBeGreaterThan(ms);
      expect(calendar.dayStartOf(calendar.dayEndOf(ms))).toBe(calendar.dayEndOf(ms));
      for (const edge of [day, hour, minute]) expect(calendar.minuteStartMs(edge)).toBe(edge);
      expect(calendar.localHourStartMs(day)).toBe(day);
      expect(calendar.localHourStartMs(calendar.localHourCeilMs(ms))).toBe(calendar.localHourCeilMs(ms));
      expect(calendar.localHourStartMs(hour)).toBe(hour);
    }),
    { numRuns: 150 },
  );
});

test.each(zones)("the instant of a wall time is the first that shows it or is past it in %s", (zone) => {
  const calendar = calendarOf(zone);
  fc.assert(
    fc.property(instants(zone), (ms) => {
      const wall = calendar.wallMs(ms);
      const found = calendar.instantOfWall(wall);
      expect(found).toBeLessThanOrEqual(ms);
      expect(calendar.wallMs(found)).toBeGreaterThanOrEqual(wall);
      expect(calendar.wallMs(found - 1)).toBeLessThan(wall);
      const anyWall = ms; // Any number will do as a wall time, also one that clocks skip.
      const local = Temporal.Instant.fromEpochMilliseconds(anyWall).toZonedDateTimeISO("UTC").toPlainDateTime();
      expect(calendar.instantOfLocal(anyWall)).toBe(local.toZonedDateTime(zone).epochMilliseconds);
      expect(calendar.dayStartMs(calendar.dayOf(ms))).toBe(calendar.dayStartOf(ms));
    }),
    { numRuns: 150 },
  );
});
