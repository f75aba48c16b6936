import { type Workspace, weekdayOf, type ZoneCalendar } from "@leadwire/funnel";
import { type Rational, rational } from "../rational.ts";
import type { PlacedPeriod, PlacedWindow } from "./window.ts";

/** What of a workspace says which days are worked. */
export type BusinessDayRules = Pick<Workspace, "businessHours" | "holidays">;

/**
 * Business days of a period that have begun by `atMs` / all of them; null where it has none. A day is one of the weekdays
 * with business hours and no holiday; that of `atMs` has begun.
 */
export const elapsedShare = (
  period: PlacedPeriod,
  atMs: number,
  calendar: ZoneCalendar,
  { businessHours, holidays }: BusinessDayRules,
): Rational | null => {
  const weekdays = new Set(businessHours.map(({ weekday }) => weekday));
  const closed = new Set(holidays);
  const today = calendar.localDay(atMs);
  let begun = 0;
  let all = 0;
  for (let day = period.startDay; day < period.endDay; day++) {
    if (closed.has(day) || !weekdays.has(weekdayOf(day))) continue;
    all += 1;
    if (day <= today) begun += 1;
  }
  return all === 0 ? null : rational(BigInt(begun), BigInt(all));
};

/** 365.25 days / 12. */
const meanMonthMs = 2_629_800_000n;
const calendarMonths = { year: 12n, quarter: 3n, month: 1n } as const;

/** A window's length in months: a calendar month is one, whatever its length; null of an open window. */
export const monthsOf = ({ fromMs, toMs, period }: PlacedWindow): Rational | null => {
  if (period !== null && period.unit !== "week" && period.unit !== "day") {
    return rational(calendarMonths[period.unit]);
  }
  if (fromMs === null || toMs === null) return null;
  return rational(BigInt(toMs - fromMs), meanMonthMs);
};
