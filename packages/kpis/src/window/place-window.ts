import type { ZoneCalendar } from "@leadwire/funnel";
import { instantOf } from "./instant-text.ts";
import {
  dayYearBefore,
  namedPeriodDays,
  type PeriodRules,
  periodBefore,
  periodDaysAt,
  periodYearBefore,
} from "./period.ts";
import {
  type LevelSpan,
  type PlacedPeriod,
  type PlacedWindow,
  type RollingName,
  rollingHours,
  type WindowSpec,
} from "./window.ts";

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** A stretch that is no calendar period, and the equal length before it. `levelMs` of a whole stretch is its end. */
const placeStretch = (fromMs: number, toMs: number, atMs: number, levelOf: (toMs: number) => number): PlacedWindow => {
  const prior = { fromMs: fromMs - (toMs - fromMs), toMs: fromMs, atMs, levelMs: levelOf(fromMs) };
  return { fromMs, toMs, atMs, levelMs: levelOf(toMs), prior, period: null };
};

/** Ends at `at` rounded up to the slice: the minute up to 24 h, the local hour beyond. */
const placeRolling = (length: RollingName, atMs: number, calendar: ZoneCalendar): PlacedWindow => {
  const hours = rollingHours[length];
  const toMs = hours <= 24 ? calendar.minuteCeilMs(atMs) : calendar.localHourCeilMs(atMs);
  return placeStretch(toMs - hours * hourMs, toMs, atMs, (endMs) => endMs);
};

/** Local time since the first midnight of a period that is running at `atMs`; null of a whole one. */
const elapsedWallMs = (period: PlacedPeriod, atMs: number, calendar: ZoneCalendar): number | null => {
  const running = calendar.dayStartMs(period.startDay) <= atMs && atMs < calendar.dayStartMs(period.endDay);
  return running ? calendar.wallMs(atMs) - period.startDay * dayMs : null;
};

/** A period after that local time, else whole and seen at `wholeAtMs`. */
const spanOf = (
  period: PlacedPeriod,
  elapsedMs: number | null,
  wholeAtMs: number,
  calendar: ZoneCalendar,
): LevelSpan => {
  const toMs = calendar.dayStartMs(period.endDay);
  const atMs = elapsedMs === null ? wholeAtMs : calendar.instantOfLocal(period.startDay * dayMs + elapsedMs);
  return { fromMs: calendar.dayStartMs(period.startDay), toMs, atMs, levelMs: Math.min(toMs, atMs) };
};

/** Where a window lies, seen at `atMs` (`--at`), in the calendar's zone. */
export const placeWindow = (
  spec: WindowSpec,
  atMs: number,
  calendar: ZoneCalendar,
  rules: PeriodRules,
): PlacedWindow => {
  const ofPeriod = (period: PlacedPeriod): PlacedWindow => {
    // The prior of a running period is the same elapsed part, which ends at the latest where that period does.
    const prior = spanOf(periodBefore(period, rules), elapsedWallMs(period, atMs, calendar), atMs, calendar);
    return { ...spanOf(period, null, atMs, calendar), prior, period };
  };
  switch (spec._tag) {
    case "All":
      return { fromMs: null, toMs: null, atMs, levelMs: atMs, prior: null, period: null };
    case "Rolling":
      return placeRolling(spec.length, atMs, calendar);
    case "ToDate":
      return ofPeriod(periodDaysAt(spec.unit, calendar.dayOf(atMs), rules));
    case "Period":
      return ofPeriod(namedPeriodDays(spec.period, rules));
    case "Range": {
      const [fromMs, toMs] = [instantOf(spec.from, calendar), instantOf(spec.to, calendar)];
      return placeStretch(fromMs, toMs, atMs, (endMs) => Math.min(endMs, atMs));
    }
  }
};

/** What a window is held against: the one before it, or the same one a calendar year earlier. */
export const comparisons = ["prior", "year"] as const;
export type Comparison = (typeof comparisons)[number];

const yearBeforeMs = (instantMs: number, calendar: ZoneCalendar): number => {
  const wallMs = calendar.wallMs(instantMs);
  const day = Math.floor(wallMs / dayMs);
  return calendar.instantOfLocal(wallMs + (dayYearBefore(day) - day) * dayMs);
};

/**
 * The window that another is compared with, whole in itself, its own prior included; null where there is none (`all`).
 * A running period is compared with the same elapsed part.
 */
export const comparedWindow = (
  window: PlacedWindow,
  comparison: Comparison,
  calendar: ZoneCalendar,
  rules: PeriodRules,
): PlacedWindow | null => {
  const { fromMs, toMs, atMs, period } = window;
  if (period !== null) {
    const other = comparison === "prior" ? periodBefore(period, rules) : periodYearBefore(period, rules);
    const elapsedMs = elapsedWallMs(period, atMs, calendar);
    const prior = spanOf(periodBefore(other, rules), elapsedMs, atMs, calendar);
    return { ...spanOf(other, elapsedMs, atMs, calendar), prior, period: other };
  }
  if (fromMs === null || toMs === null) return null;
  const levelOf = (endMs: number): number => (window.levelMs === toMs ? endMs : Math.min(endMs, atMs));
  return comparison === "prior"
    ? placeStretch(fromMs - (toMs - fromMs), fromMs, atMs, levelOf)
    : placeStretch(yearBeforeMs(fromMs, calendar), yearBeforeMs(toMs, calendar), atMs, levelOf);
};
