import { civilOfDay, fiscalQuarterOf, fiscalYearOf, isoWeekOf, textOfDay, type ZoneCalendar } from "@leadwire/funnel";
import { type PeriodRules, periodDaysAt } from "../window/period.ts";
import type { PeriodUnit } from "../window/window.ts";

/** One calendar period of a report, in the workspace's zone. */
export interface ReportPeriod {
  /** As a window is written: 2026-03, 2026-Q1, 2026-W14. */
  readonly name: string;
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
  /** The local days it covers, the last one excluded. */
  readonly startDay: number;
  readonly endDay: number;
}

/** More rows than anybody reads, and than a table should be made of. */
export const periodsMax = 3_700;

const nameOf = (unit: PeriodUnit, startDay: number, rules: PeriodRules): string => {
  switch (unit) {
    case "year":
      return String(fiscalYearOf(startDay, rules.fiscalYearStartMonth));
    case "quarter": {
      const { year, quarter } = fiscalQuarterOf(startDay, rules.fiscalYearStartMonth);
      return `${year}-Q${quarter}`;
    }
    case "month": {
      const { year, month } = civilOfDay(startDay);
      return `${year}-${String(month).padStart(2, "0")}`;
    }
    case "week": {
      // Only weeks that begin on Monday have an ISO number.
      if (rules.weekStart !== 1) return textOfDay(startDay);
      const { year, week } = isoWeekOf(startDay);
      return `${year}-W${String(week).padStart(2, "0")}`;
    }
    case "day":
      return textOfDay(startDay);
  }
};

/**
 * The periods from the one that holds `fromMs` up to the one that holds the instant before `toMs`, whole ones at both
 * ends. Undefined where they are more than `periodsMax`.
 */
export const periodsBetween = (
  unit: PeriodUnit,
  fromMs: number,
  toMs: number,
  calendar: ZoneCalendar,
  rules: PeriodRules,
): ReadonlyArray<ReportPeriod> | undefined => {
  const periods: ReportPeriod[] = [];
  for (let day = calendar.dayOf(fromMs); ; ) {
    const { startDay, endDay } = periodDaysAt(unit, day, rules);
    const startMs = calendar.dayStartMs(startDay);
    if (startMs >= toMs && periods.length > 0) return periods;
    if (periods.length >= periodsMax) return undefined;
    periods.push({
      name: nameOf(unit, startDay, rules),
      fromMs: startMs,
      toMs: calendar.dayStartMs(endDay),
      startDay,
      endDay,
    });
    day = endDay;
  }
};

/** The place of the period that holds a local day; below 0 before the first. */
export const periodIndexOf = (periods: ReadonlyArray<ReportPeriod>, day: number): number => {
  let [low, high] = [0, periods.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((periods[middle]?.startDay ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
