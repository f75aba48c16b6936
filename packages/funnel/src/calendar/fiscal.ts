import { civilOfDay, dayOfCivil } from "./civil-day.ts";

/** Fiscal years are named by the calendar year they end in; with a start in January they are calendar years. */
export interface FiscalQuarter {
  readonly year: number;
  /** 1..4. */
  readonly quarter: number;
}

/** The first day of a fiscal year. `startMonth`: 1 January … 12 December. */
export const fiscalYearStartDay = (year: number, startMonth: number): number =>
  dayOfCivil(startMonth === 1 ? year : year - 1, startMonth, 1);

/** The first day of a fiscal quarter; a quarter outside 1..4 carries into the neighbouring years. */
export const fiscalQuarterStartDay = (year: number, quarter: number, startMonth: number): number =>
  dayOfCivil(startMonth === 1 ? year : year - 1, startMonth + (quarter - 1) * 3, 1);

/** The fiscal year, named by the year it ends in. `startMonth`: 1 to 12. */
export const fiscalYearOf = (day: number, startMonth: number): number => {
  const { year, month } = civilOfDay(day);
  return startMonth !== 1 && month >= startMonth ? year + 1 : year;
};

/** The fiscal quarter of a day. `startMonth`: 1 to 12. */
export const fiscalQuarterOf = (day: number, startMonth: number): FiscalQuarter => {
  const { month } = civilOfDay(day);
  return { year: fiscalYearOf(day, startMonth), quarter: Math.floor(((month - startMonth + 12) % 12) / 3) + 1 };
};
