import { dayMs } from "@leadwire/events";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { BusinessDay } from "../workspace.ts";
import { BusinessHours } from "./business-hours.ts";
import { weekdayOf } from "./civil-day.ts";
import { ZoneCalendar } from "./zone-calendar.ts";

const minuteMs = 60_000;
/** Clocks that change at night, at midnight (backwards, too), and never; a day that was skipped. */
const zones = ["Europe/Bucharest", "America/St_Johns", "America/Sao_Paulo", "Asia/Taipei", "Pacific/Apia"].map(
  (zone) => new ZoneCalendar(zone),
);

const hours = fc.uniqueArray(
  fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    fromMinute: fc.constantFrom(0, 9 * 60),
    toMinute: fc.constantFrom(12 * 60, 24 * 60),
  }),
  { maxLength: 7, selector: ({ weekday }) => weekday },
);

/** Day by day, as one would say it. */
const plainElapsedMs = (
  calendar: ZoneCalendar,
  open: ReadonlyArray<BusinessDay>,
  holidays: ReadonlyArray<number>,
  fromMs: number,
  toMs: number,
): number => {
  let elapsed = 0;
  for (let day = Math.floor(fromMs / dayMs) - 3; day <= Math.floor(toMs / dayMs) + 3; day += 1) {
    if (holidays.includes(day)) continue;
    for (const { weekday, fromMinute, toMinute } of open) {
      if (weekday !== weekdayOf(day)) continue;
      const openMs = calendar.instantOfWall(day * dayMs + fromMinute * minuteMs);
      const closeMs = calendar.instantOfWall(day * dayMs + toMinute * minuteMs);
      elapsed += Math.max(0, Math.min(closeMs, toMs) - Math.max(openMs, fromMs));
    }
  }
  return elapsed;
};

test("business time is that of the days between, counted one by one", () => {
  const fromDay = Date.UTC(2006, 0, 1) / dayMs;
  // Around the edges of the blocks that days are kept in, too, and where St. John's went back over midnight.
  const instant = fc.oneof(
    fc.integer({ min: fromDay, max: fromDay + 3000 }).chain((day) => fc.nat(dayMs).map((ms) => day * dayMs + ms)),
    fc
      .integer({ min: 26, max: 31 })
      .chain((block) => fc.integer({ min: -2 * dayMs, max: 2 * dayMs }).map((ms) => block * 512 * dayMs + ms)),
    fc
      .constantFrom(Date.UTC(2006, 9, 29, 2), Date.UTC(2007, 10, 4, 2), Date.UTC(2008, 10, 2, 2))
      .chain((ms) => fc.nat(2 * 3_600_000).map((later) => ms + later)),
  );
  fc.assert(
    fc.property(fc.constantFrom(...zones), hours, instant, instant, fc.nat(30), (calendar, open, x, y, off) => {
      const holidays = [Math.floor(x / dayMs) + off];
      const business = new BusinessHours(calendar, open, holidays);
      const [from, to] = x < y ? [x, y] : [y, x];
      expect(business.elapsedMs(from, to)).toBe(plainElapsedMs(calendar, open, holidays, from, to));
      const after = business.afterMs(from, 3_600_000);
      if (after !== undefined) expect(plainElapsedMs(calendar, open, holidays, from, after)).toBe(3_600_000);
    }),
    { numRuns: 600 },
  );
});
