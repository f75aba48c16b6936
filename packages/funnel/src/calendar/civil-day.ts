/**
 * Arithmetic on civil days (days since 1970-01-01 of the proleptic Gregorian calendar), without zones.
 * The conversions are Howard Hinnant's `days_from_civil` and `civil_from_days`.
 */

/** A day as people write it. */
export interface CivilDate {
  readonly year: number;
  /** 1 January … 12 December. */
  readonly month: number;
  readonly dayOfMonth: number;
}

/** Days since 1970-01-01; a month outside 1..12 carries into the years, a day of month into the months. */
export const dayOfCivil = (year: number, month: number, dayOfMonth: number): number => {
  const months = year * 12 + (month - 1);
  const carriedYear = Math.floor(months / 12);
  const carriedMonth = months - carriedYear * 12 + 1;
  const shifted = carriedMonth <= 2 ? carriedYear - 1 : carriedYear;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (carriedMonth + (carriedMonth > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** The inverse of `dayOfCivil`. */
export const civilOfDay = (day: number): CivilDate => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, dayOfMonth: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
};

/** 1 Monday … 7 Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => {
  const fromMonday = (day + 3) % 7;
  return (fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1;
};

/** The first day of the week that holds `day`, for weeks that begin on `weekStart` (1 Monday … 7 Sunday). */
export const weekStartDay = (day: number, weekStart: number): number => day - ((weekdayOf(day) - weekStart + 7) % 7);

/** The day of a date written `YYYY-MM-DD`; undefined where it is not a real date in that form. */
export const dayOfText = (text: string): number | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || dayOfMonth < 1) return undefined;
  const day = dayOfCivil(year, month, dayOfMonth);
  return civilOfDay(day).month === month ? day : undefined;
};

/** `YYYY-MM-DD`. */
export const textOfDay = (day: number): string => {
  const { year, month, dayOfMonth } = civilOfDay(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
};
