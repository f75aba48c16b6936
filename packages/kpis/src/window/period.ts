import {
  civilOfDay,
  dayOfCivil,
  fiscalQuarterOf,
  fiscalQuarterStartDay,
  fiscalYearOf,
  fiscalYearStartDay,
  isoWeekOf,
  isoWeekStartDay,
  isoWeeksIn,
  type Workspace,
  weekStartDay,
} from "@leadwire/funnel";
import type { NamedPeriod, PeriodUnit, PlacedPeriod } from "./window.ts";

/** What of a workspace places calendar periods. */
export type PeriodRules = Pick<Workspace, "fiscalYearStartMonth" | "weekStart">;

const ofSteps = (unit: PeriodUnit, text: string, startOf: (step: number) => number, step: number): PlacedPeriod => ({
  unit,
  text,
  priorDay: startOf(step - 1),
  startDay: startOf(step),
  endDay: startOf(step + 1),
});

const padded = (value: number, width: number): string => String(value).padStart(width, "0");

const yearPeriod = (year: number, { fiscalYearStartMonth }: PeriodRules): PlacedPeriod =>
  ofSteps("year", padded(year, 4), (step) => fiscalYearStartDay(step, fiscalYearStartMonth), year);

const quarterPeriod = (year: number, quarter: number, { fiscalYearStartMonth }: PeriodRules): PlacedPeriod =>
  ofSteps(
    "quarter",
    `${padded(year, 4)}-Q${quarter}`,
    (step) => fiscalQuarterStartDay(year, step, fiscalYearStartMonth),
    quarter,
  );

const monthPeriod = (year: number, month: number): PlacedPeriod =>
  ofSteps("month", `${padded(year, 4)}-${padded(month, 2)}`, (step) => dayOfCivil(year, step, 1), month);

const stretch = (unit: "week" | "day", startDay: number): PlacedPeriod => {
  const days = unit === "week" ? 7 : 1;
  return { unit, text: "", priorDay: startDay - days, startDay, endDay: startDay + days };
};

/** The days of a period such as 2017-Q3. */
export const namedPeriodDays = (period: NamedPeriod, rules: PeriodRules): PlacedPeriod => {
  switch (period.unit) {
    case "year":
      return yearPeriod(period.year, rules);
    case "quarter":
      return quarterPeriod(period.year, period.quarter, rules);
    case "month":
      return monthPeriod(period.year, period.month);
    case "week":
      return stretch("week", isoWeekStartDay(period.year, period.week));
    case "day":
      return stretch("day", period.day);
  }
};

/** The period that holds a day. Only here `week_start` matters. */
export const periodDaysAt = (unit: PeriodUnit, day: number, rules: PeriodRules): PlacedPeriod => {
  switch (unit) {
    case "year":
      return yearPeriod(fiscalYearOf(day, rules.fiscalYearStartMonth), rules);
    case "quarter": {
      const { year, quarter } = fiscalQuarterOf(day, rules.fiscalYearStartMonth);
      return quarterPeriod(year, quarter, rules);
    }
    case "month": {
      const date = civilOfDay(day);
      return monthPeriod(date.year, date.month);
    }
    case "week":
      return stretch("week", weekStartDay(day, rules.weekStart));
    case "day":
      return stretch("day", day);
  }
};

/** The whole period before. */
export const periodBefore = (period: PlacedPeriod, rules: PeriodRules): PlacedPeriod =>
  period.unit === "week" || period.unit === "day"
    ? stretch(period.unit, period.priorDay)
    : periodDaysAt(period.unit, period.priorDay, rules);

/** The same date a year earlier; 28 February for the 29th. */
export const dayYearBefore = (day: number): number => {
  const { year, month, dayOfMonth } = civilOfDay(day);
  return Math.min(dayOfCivil(year - 1, month, dayOfMonth), dayOfCivil(year - 1, month + 1, 1) - 1);
};

/** The week of the same ISO number a year earlier (the last one for a week 53 that it lacks), shifted as this one is. */
const weekYearBefore = (startDay: number): number => {
  const { year, week } = isoWeekOf(startDay + 3);
  const shiftDays = startDay - isoWeekStartDay(year, week);
  return isoWeekStartDay(year - 1, Math.min(week, isoWeeksIn(year - 1))) + shiftDays;
};

/** The period of the same name a year earlier. */
export const periodYearBefore = (period: PlacedPeriod, rules: PeriodRules): PlacedPeriod => {
  const { unit, startDay } = period;
  switch (unit) {
    case "week":
      return stretch(unit, weekYearBefore(startDay));
    case "day":
      return stretch(unit, dayYearBefore(startDay));
    default:
      return periodDaysAt(unit, dayYearBefore(startDay), rules);
  }
};
