import { civilOfDay, dayOfCivil, weekdayOf, weekStartDay } from "./civil-day.ts";

/** ISO 8601 weeks: they begin on Monday, and week 1 is the one with the year's first Thursday. */
export interface IsoWeek {
  readonly year: number;
  /** 1..53. */
  readonly week: number;
}

/** The Monday of a week; weeks outside 1..`isoWeeksIn(year)` carry into the neighbouring years. */
export const isoWeekStartDay = (year: number, week: number): number =>
  weekStartDay(dayOfCivil(year, 1, 4), 1) + (week - 1) * 7;

/** The ISO 8601 week of a day, and the year that the week belongs to. */
export const isoWeekOf = (day: number): IsoWeek => {
  const thursday = day - weekdayOf(day) + 4;
  const { year } = civilOfDay(thursday);
  return { year, week: Math.floor((thursday - dayOfCivil(year, 1, 1)) / 7) + 1 };
};

/** 52 or 53. */
export const isoWeeksIn = (year: number): number => (isoWeekStartDay(year + 1, 1) - isoWeekStartDay(year, 1)) / 7;
