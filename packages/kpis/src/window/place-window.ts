import type { ZoneCalendar } from "@leadwire/funnel";
import { instantOf } from "./instant-text.ts";
import { namedPeriodDays, type PeriodDays, type PeriodRules, periodDaysAt } from "./period.ts";
import { type PlacedWindow, type RollingName, rollingHours, type WindowSpec } from "./window.ts";

const hourMs = 3_600_000;

/** Ends at `at` rounded up to the slice: the minute up to 24 h, the local hour beyond. */
const placeRolling = (length: RollingName, atMs: number, calendar: ZoneCalendar): PlacedWindow => {
  const hours = rollingHours[length];
  const toMs = hours <= 24 ? calendar.minuteCeilMs(atMs) : calendar.localHourCeilMs(atMs);
  const fromMs = toMs - hours * hourMs;
  const prior = { fromMs: fromMs - hours * hourMs, toMs: fromMs, atMs };
  return { fromMs, toMs, atMs, levelMs: toMs, prior };
};

/**
 * The prior of a whole period is the whole one before; of a running one the same local time elapsed of the one before,
 * which ends at the latest where that one does.
 */
const placePeriod = (days: PeriodDays, atMs: number, calendar: ZoneCalendar): PlacedWindow => {
  const fromMs = calendar.dayStartMs(days.startDay);
  const toMs = calendar.dayStartMs(days.endDay);
  const running = fromMs <= atMs && atMs < toMs;
  const elapsedDaysMs = (days.startDay - days.priorDay) * 86_400_000;
  const priorAtMs = running ? calendar.instantOfLocal(calendar.wallMs(atMs) - elapsedDaysMs) : atMs;
  const prior = { fromMs: calendar.dayStartMs(days.priorDay), toMs: fromMs, atMs: priorAtMs };
  return { fromMs, toMs, atMs, levelMs: Math.min(toMs, atMs), prior };
};

/** Where a window lies, seen at `atMs` (`--at`), in the calendar's zone. */
export const placeWindow = (
  spec: WindowSpec,
  atMs: number,
  calendar: ZoneCalendar,
  rules: PeriodRules,
): PlacedWindow => {
  switch (spec._tag) {
    case "All":
      return { fromMs: null, toMs: null, atMs, levelMs: atMs, prior: null };
    case "Rolling":
      return placeRolling(spec.length, atMs, calendar);
    case "ToDate":
      return placePeriod(periodDaysAt(spec.unit, calendar.dayOf(atMs), rules), atMs, calendar);
    case "Period":
      return placePeriod(namedPeriodDays(spec.period, rules), atMs, calendar);
    case "Range": {
      const [fromMs, toMs] = [instantOf(spec.from, calendar), instantOf(spec.to, calendar)];
      const prior = { fromMs: fromMs - (toMs - fromMs), toMs: fromMs, atMs };
      return { fromMs, toMs, atMs, levelMs: Math.min(toMs, atMs), prior };
    }
  }
};
