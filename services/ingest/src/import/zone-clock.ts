import { Temporal } from "temporal-polyfill";

const dayMs = 86_400_000;

/** Turns local dates and times of one named zone into instants. */
export interface ZoneClock {
  /** The instant at which a local day (days since 1970-01-01) begins. */
  readonly startOfDayMs: (day: number) => number;
  /** A local time of day as an instant: one that the zone skips moves forward, of one it repeats the first counts. */
  readonly instantMs: (day: number, msOfDay: number) => number;
}

/** True where the zone is one that the platform knows, such as `Europe/Bucharest`. */
export const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** A clock that asks the zone's rules once a day: a million rows fall on few days. `zone` must be a time zone. */
export const zoneClock = (zone: string): ZoneClock => {
  const starts = new Map<number, number>();
  const startOfDayMs = (day: number): number => {
    const known = starts.get(day);
    if (known !== undefined) return known;
    const start = localDate(day).toZonedDateTime(zone).epochMilliseconds;
    if (starts.size > 50_000) starts.clear();
    starts.set(day, start);
    return start;
  };
  const instantMs = (day: number, msOfDay: number): number => {
    const start = startOfDayMs(day);
    if (startOfDayMs(day + 1) - start === dayMs) return start + msOfDay;
    const time = Temporal.PlainTime.from("00:00").add({ milliseconds: msOfDay });
    return localDate(day).toPlainDateTime(time).toZonedDateTime(zone).epochMilliseconds;
  };
  return { startOfDayMs, instantMs };
};

const localDate = (day: number): Temporal.PlainDate => Temporal.PlainDate.from("1970-01-01").add({ days: day });
