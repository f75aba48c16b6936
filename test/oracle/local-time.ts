import { Temporal } from "temporal-polyfill";

const epoch = Temporal.PlainDate.from("1970-01-01");

export const localDateTime = (ms: number, zone: string): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime();

export const localDate = (ms: number, zone: string): Temporal.PlainDate => localDateTime(ms, zone).toPlainDate();

/** Days since 1970-01-01 of the local date. */
export const localDay = (ms: number, zone: string): number => epoch.until(localDate(ms, zone)).days;

export const dateOfDay = (day: number): Temporal.PlainDate => epoch.add({ days: day });

/** The first instant of a local date, also where midnight does not exist. */
export const dateStartMs = (date: Temporal.PlainDate, zone: string): number =>
  date.toZonedDateTime(zone).epochMilliseconds;

/** The instant of a local time; of one that the clocks show twice the first, of one they skip the time after. */
export const instantMs = (local: Temporal.PlainDateTime, zone: string): number =>
  local.toZonedDateTime(zone).epochMilliseconds;

const offsetMs = (ms: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;

const hourMs = 3_600_000;

/** The end of the local hour an instant lies in; the instant itself where an hour begins. */
export const ceilLocalHourMs = (ms: number, zone: string): number => {
  const offset = offsetMs(ms, zone);
  return Math.ceil((ms + offset) / hourMs) * hourMs - offset;
};
