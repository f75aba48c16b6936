import {
  civilOfDay,
  dayOfCivil,
  fiscalQuarterOf,
  fiscalQuarterStartDay,
  fiscalYearOf,
  fiscalYearStartDay,
  isoWeekStartDay,
  type Workspace,
  weekStartDay,
} from "@leadwire/funnel";
import type { NamedPeriod, PeriodUnit } from "./window.ts";

/** A calendar period and the one before it, by their first days; `endDay` is excluded. */
export interface PeriodDays {
  readonly priorDay: number;
  readonly startDay: number;
  readonly endDay: number;
}

/** What of a workspace places calendar periods. */
export type PeriodRules = Pick<Workspace, "fiscalYearStartMonth" | "weekStart">;

const ofSteps = (startOf: (step: number) => number, step: number): PeriodDays => ({
  priorDay: startOf(step - 1),
  startDay: startOf(step),
  endDay: startOf(step + 1),
});

const yearDays = (year: number, rules: PeriodRules): PeriodDays =>
  ofSteps((step) => fiscalYearStartDay(step, rules.fiscalYearStartMonth), year);

const quarterDays = (year: number, quarter: number, rules: PeriodRules): PeriodDays =>
  ofSteps((step) => fiscalQuarterStartDay(year, step, rules.fiscalYearStartMonth), quarter);

const monthDays = (year: number, month: number): PeriodDays => ofSteps((step) => dayOfCivil(year, step, 1), month);

const stretch = (startDay: number, days: number): PeriodDays => ({
  priorDay: startDay - days,
  startDay,
  endDay: startDay + days,
});

/** The days of a period such as 2017-Q3, the end excluded. */
export const namedPeriodDays = (period: NamedPeriod, rules: PeriodRules): PeriodDays => {
  switch (period.unit) {
    case "year":
      return yearDays(period.year, rules);
    case "quarter":
      return quarterDays(period.year, period.quarter, rules);
    case "month":
      return monthDays(period.year, period.month);
    case "week":
      return stretch(isoWeekStartDay(period.year, period.week), 7);
    case "day":
      return stretch(period.day, 1);
  }
};

/** The period that holds a day. Only here `week_start` matters. */
export const periodDaysAt = (unit: PeriodUnit, day: number, rules: PeriodRules): PeriodDays => {
  const month = rules.fiscalYearStartMonth;
  switch (unit) {
    case "year":
      return yearDays(fiscalYearOf(day, month), rules);
    case "quarter": {
      const { year, quarter } = fiscalQuarterOf(day, month);
      return quarterDays(year, quarter, rules);
    }
    case "month": {
      const date = civilOfDay(day);
      return monthDays(date.year, date.month);
    }
    case "week":
      return stretch(weekStartDay(day, rules.weekStart), 7);
    case "day":
      return stretch(day, 1);
  }
};
