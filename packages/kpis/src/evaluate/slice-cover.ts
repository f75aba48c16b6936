import type { ZoneCalendar } from "@leadwire/funnel";
import type { Granularity } from "../slice.ts";

/** What slices there are. A slice of an instant before its granularity's limit may have been freed. */
export interface SliceGrid {
  readonly calendar: ZoneCalendar;
  /** Minute slices are whole from this instant on; hour slices from the other. Days are kept for ever. */
  readonly minutesFromMs: number;
  readonly hoursFromMs: number;
  /** The newest time of its own of any fact a measure has counted; -Infinity where there is none. */
  readonly newestMs: (measureId: string) => number;
}

/** Slices of one granularity, from included (null: since ever) to excluded (null: for ever). */
export interface SliceStretch {
  readonly granularity: Granularity;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

type Stretches = ReadonlyArray<SliceStretch>;

const minutes = (fromMs: number, toMs: number, grid: SliceGrid): Stretches | undefined => {
  if (fromMs >= toMs) return [];
  const { calendar } = grid;
  const aligned = calendar.minuteStartMs(fromMs) === fromMs && calendar.minuteStartMs(toMs) === toMs;
  return aligned && fromMs >= grid.minutesFromMs ? [{ granularity: "minute", fromMs, toMs }] : undefined;
};

const hours = (fromMs: number, toMs: number, grid: SliceGrid): Stretches | undefined => {
  if (fromMs >= toMs) return [];
  const firstMs = grid.calendar.localHourCeilMs(fromMs);
  const lastMs = grid.calendar.localHourStartMs(toMs);
  if (firstMs >= lastMs || firstMs < grid.hoursFromMs) return minutes(fromMs, toMs, grid);
  const [before, after] = [minutes(fromMs, firstMs, grid), minutes(lastMs, toMs, grid)];
  if (before === undefined || after === undefined) return undefined;
  return [...before, { granularity: "hour", fromMs: firstMs, toMs: lastMs }, ...after];
};

/** The first day edge at or after an instant. */
const dayCeilMs = (instantMs: number, calendar: ZoneCalendar): number =>
  calendar.dayStartOf(instantMs) === instantMs ? instantMs : calendar.dayEndOf(instantMs);

/**
 * The fewest slices that add up to [fromMs, toMs): days, then hours and minutes at the ends. Undefined where no kept
 * slices do, because an edge lies within a minute or so long ago that only days are left.
 */
export const coverOf = (fromMs: number | null, toMs: number | null, grid: SliceGrid): Stretches | undefined => {
  const firstDayMs = fromMs === null ? null : dayCeilMs(fromMs, grid.calendar);
  const lastDayMs = toMs === null ? null : grid.calendar.dayStartOf(toMs);
  if (fromMs !== null && toMs !== null) {
    if (fromMs >= toMs) return [];
    if (firstDayMs === null || lastDayMs === null || firstDayMs > lastDayMs) return hours(fromMs, toMs, grid);
  }
  const before = fromMs === null || firstDayMs === null ? [] : hours(fromMs, firstDayMs, grid);
  const after = toMs === null || lastDayMs === null ? [] : hours(lastDayMs, toMs, grid);
  if (before === undefined || after === undefined) return undefined;
  const days: Stretches =
    firstDayMs !== null && firstDayMs === lastDayMs
      ? []
      : [{ granularity: "day", fromMs: firstDayMs, toMs: lastDayMs }];
  return [...before, ...days, ...after];
};
