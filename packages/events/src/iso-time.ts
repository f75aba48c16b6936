/** Instants and days as text. Both ends of the range are what the SQL store can hold. */

/** A civil day of 24 hours; a local day may be shorter or longer. */
export const dayMs = 86_400_000;
export const instantMsMin = Date.UTC(1900, 0, 1);
export const instantMsMax = Date.UTC(2300, 0, 1) - 1;
/** Days since 1970-01-01. */
export const dayMin = instantMsMin / dayMs;
export const dayMax = (instantMsMax + 1) / dayMs - 1;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:Z|z|([+-])(0\d|1[0-4]):?([0-5]\d))$/;

/** Days since 1970-01-01 of a real day written YYYY-MM-DD; undefined for anything else. */
export const parseDay = (text: string): number | undefined => {
  const match = datePattern.exec(text);
  if (match === null) return undefined;
  return dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
};

/** Days since 1970-01-01, or undefined where the calendar has no such day (29 February, or month 13). */
const dayOf = (year: number, month: number, dayOfMonth: number): number | undefined => {
  if (year < 1000 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysOf(year, month)) return undefined;
  return Date.UTC(year, month - 1, dayOfMonth) / dayMs;
};

const daysOf = (year: number, month: number): number => {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
};

/**
 * Epoch milliseconds of an ISO 8601 instant with its offset, such as 2026-03-02T08:00:00Z; what is finer than a
 * millisecond is cut off. Undefined without an offset: a local time is not an instant.
 */
export const parseInstantMs = (text: string): number | undefined => {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const day = parseDay(match[1] ?? "");
  if (day === undefined) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  const millis = Number((match[5] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = match[6] === undefined ? 0 : Number(`${match[6]}1`) * (Number(match[7]) * 60 + Number(match[8]));
  return day * dayMs + (minutes - offset) * 60_000 + Number(match[4] ?? 0) * 1000 + millis;
};

/** `2026-03-02T08:00:00.000Z`. */
export const instantText = (epochMs: number): string => new Date(epochMs).toISOString();

/** `2026-03-02`. */
export const dayText = (day: number): string => instantText(day * dayMs).slice(0, 10);
